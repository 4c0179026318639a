package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongToIntFunction;

/** Holds the tables that the writing thread uses. */
final class SpoolTables {

    private final EventTable events;
    private final HistoryTable history;
    private final DeadLetterTable deadLetters;
    private final ReplayTable replays;
    private final DroppedReplayTable dropped;
    private final AmbiguousTable ambiguous;
    private final HeldTable held;
    private final DedupeIndex dedupe;
    private final KnownIdentities identities;
    private final ForgottenEvents forgotten = new ForgottenEvents();
    private final Tally tally;
    private final DeliveryRecorder recorder;
    private final UnsentLimit unsentLimit;
    private final DeliveryLogTable deliveryLog;

    SpoolTables(String name, SpoolConnection writer, SpoolLimits limits) throws SQLException {
        history = new HistoryTable(writer, limits.keepsHistory());
        deadLetters = new DeadLetterTable(writer);
        events = new EventTable(writer, deadLetters);
        replays = new ReplayTable(writer);
        dropped = new DroppedReplayTable(writer);
        ambiguous = new AmbiguousTable(writer);
        held = new HeldTable(writer);
        dedupe = new DedupeIndex(writer);
        identities = new KnownIdentities(writer, limits.identities());
        tally = new Tally(writer);
        recorder = new DeliveryRecorder(name, limits.log());
        unsentLimit = new UnsentLimit(
                name, limits.log().map(DeliveryLogOptions::maxUnsent).orElse(Long.MAX_VALUE));
        deliveryLog = new DeliveryLogTable(writer, unsentLimit);
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
}
