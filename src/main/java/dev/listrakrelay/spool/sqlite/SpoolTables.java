package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongToIntFunction;

/** Holds the tables that the writing thread uses, and does the maintenance around its commits. */
final class SpoolTables implements GroupCommit.Hooks {

    private final Checkpoints checkpoints;
    private final FileRewrite rewrite;
    private final ForgottenEvents forgotten;
    private final SpoolLimits limits;
    private final Clock clock;
    private final Tally tally;
    private final DedupeIndex dedupe;
    private final KnownIdentities identities;
    private final RetentionJob retention;
    private final CorruptionState corruption;
    private final SpoolCapacity capacity;
    private final DeliveryRecorder recorder;
    private final UnsentLimit unsentLimit;
    private EventTable events;
    private HistoryTable history;
    private DeadLetterTable deadLetters;
    private ReplayTable replays;
    private DroppedReplayTable dropped;
    private AmbiguousTable ambiguous;
    private DeliveryLogTable deliveryLog;
    private HeldTable held;
    private volatile Runnable onIdle = () -> {};

    SpoolTables(
            String name,
            Connection writer,
            Checkpoints checkpoints,
            FileRewrite rewrite,
            ForgottenEvents forgotten,
            SpoolLimits limits,
            Clock clock,
            SpoolCapacity capacity,
            CorruptionState corruption)
            throws SQLException {
        this.rewrite = rewrite;
        this.forgotten = forgotten;
        this.corruption = corruption;
        this.capacity = capacity;
        this.checkpoints = checkpoints;
        this.limits = limits;
        this.clock = clock;
        this.recorder = new DeliveryRecorder(name, limits.log());
        this.unsentLimit = new UnsentLimit(
                name, limits.log().map(DeliveryLogOptions::maxUnsent).orElse(Long.MAX_VALUE));
        this.tally = new Tally(writer);
        this.dedupe = new DedupeIndex(writer);
        this.identities = new KnownIdentities(writer, limits.identities());
        prepare(writer);
        this.retention = new RetentionJob(clock, limits, this, capacity);
    }

    private void prepare(Connection writer) throws SQLException {
        deadLetters = new DeadLetterTable(writer);
        replays = new ReplayTable(writer);
        dropped = new DroppedReplayTable(writer);
        ambiguous = new AmbiguousTable(writer);
        deliveryLog = new DeliveryLogTable(writer, unsentLimit);
        held = new HeldTable(writer);
        history = new HistoryTable(writer, limits.keepsHistory());
        events = new EventTable(writer, deadLetters);
    }

    EventTable events() {
        return events;
    }

    HistoryTable history() {
        return history;
    }

    DeadLetterTable deadLetters() {
        return deadLetters;
    }

    ReplayTable replays() {
        return replays;
    }

    DroppedReplayTable dropped() {
        return dropped;
    }

    /** Writes that an earlier process may have sent events of the spool of this name. */
    void note(List<UnsureEvents.Unsure> unsure, String name) throws SQLException {
        String destination = name.equals("events") ? "listrak" : name;
        for (UnsureEvents.Unsure one : unsure) {
            if (one.cause().equals(AmbiguousEvent.RESTART)) {
                ambiguous.restarted(one.seqs(), destination, one.at());
            } else if (!one.seqs().isEmpty()) {
                SentRequest sent = new SentRequest(one.at(), destination, 0, 0, 0, true, one.cause(), one.seqs());
                history.note(sent.step(), one.seqs());
                ambiguous.sent(sent, one.seqs());
            }
        }
    }

    AmbiguousTable ambiguous() {
        return ambiguous;
    }

    DeliveryLogTable deliveryLog() {
        return deliveryLog;
    }

    UnsentLimit unsentLimit() {
        return unsentLimit;
    }

    /** Adds settled events to the delivery log, if it is on. */
    void logSettled(LaneChange change, List<SentRequest> requests, LongToIntFunction attempts, long now)
            throws SQLException {
        if (recorder.isOn()) {
            Instant at = Instant.ofEpochMilli(now);
            deliveryLog.add(recorder.settled(change.settled(), requests, attempts, forgotten::isForgotten, at), now);
        }
    }

    /** Adds a dead letter or a dropped event that is replayed to the delivery log, if it is on. */
    void logReplayed(Event event, String reason, long now) throws SQLException {
        if (recorder.isOn()) {
            deliveryLog.add(
                    recorder.replayed(event, reason, Instant.ofEpochMilli(now)).stream()
                            .toList(),
                    now);
        }
    }

    HeldTable held() {
        return held;
    }

    DedupeIndex dedupe() {
        return dedupe;
    }

    KnownIdentities identities() {
        return identities;
    }

    ForgottenEvents forgotten() {
        return forgotten;
    }

    Tally tally() {
        return tally;
    }

    /** Sets a task to run while nothing is written. */
    void onIdle(Runnable task) {
        onIdle = task;
    }

    @Override
    public boolean idle(Connection connection) throws SQLException {
        onIdle.run();
        if (retention.doSome()) {
            return true;
        }
        if (checkpoints.isIdle()) {
            // ends the read transaction; nothing was written in it
            connection.commit();
            checkpoints.emptyLog(connection);
        }
        return false;
    }

    @Override
    public void committing() throws SQLException {
        events.writeAdded();
        dedupe.merge(clock.millis());
    }

    @Override
    public void committed() {
        held.transactionEnded();
        dedupe.committed();
        identities.committed();
        forgotten.committed();
        dedupe.beginFlush(clock.millis(), events.lastSeq(), false);
    }

    @Override
    public void rolledBack(Throwable cause) {
        events.rolledBack();
        held.transactionEnded();
        dedupe.rolledBack();
        identities.rolledBack();
        forgotten.rolledBack();
        corruption.note(cause);
    }

    @Override
    public void checkpoint(Connection connection) throws SQLException {
        checkpoints.committed(connection);
        if (capacity.isBelowFloor()) {
            checkpoints.emptyLog(connection);
        }
        rewrite.rewriteIfRequested(connection);
    }

    @Override
    public void prepareAgain(Connection connection) throws SQLException {
        prepare(connection);
        tally.prepare(connection);
        dedupe.prepare(connection);
        identities.prepare(connection);
    }
}
