package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** What the one thread that writes works with, and what it does besides writing. */
final class SpoolTables implements GroupCommit.Owner {

    private final Checkpoints checkpoints;
    private final FileRewrite compaction;
    private final ForgottenEvents forgotten;
    private final SpoolLimits retention;
    private final Clock clock;
    private final Tally tally;
    private final DedupeIndex seen;
    private final KnownIdentities identities;
    private final RetentionJob tidy;
    private final CorruptionState damage;
    private final SpoolCapacity room;
    private EventTable events;
    private HistoryTable history;
    private DeadTable dead;
    private ReplayTable replays;
    private DroppedReplayTable dropped;
    private volatile Runnable onIdle = () -> {};

    SpoolTables(
            Connection writer,
            Checkpoints checkpoints,
            FileRewrite compaction,
            ForgottenEvents forgotten,
            SpoolLimits retention,
            Clock clock,
            SpoolCapacity room,
            CorruptionState damage)
            throws SQLException {
        this.compaction = compaction;
        this.forgotten = forgotten;
        this.damage = damage;
        this.room = room;
        this.checkpoints = checkpoints;
        this.retention = retention;
        this.clock = clock;
        this.tally = new Tally(writer);
        this.seen = new DedupeIndex(writer);
        this.identities = new KnownIdentities(writer, retention.identities());
        prepare(writer);
        this.tidy = new RetentionJob(clock, retention, this, room);
    }

    private void prepare(Connection writer) throws SQLException {
        dead = new DeadTable(writer);
        replays = new ReplayTable(writer);
        dropped = new DroppedReplayTable(writer);
        history = new HistoryTable(writer, retention.keepsHistory());
        events = new EventTable(writer, dead);
    }

    EventTable events() {
        return events;
    }

    HistoryTable history() {
        return history;
    }

    DeadTable dead() {
        return dead;
    }

    ReplayTable replays() {
        return replays;
    }

    DroppedReplayTable dropped() {
        return dropped;
    }

    DedupeIndex seen() {
        return seen;
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

    /** What to look after now and then besides. */
    void onIdle(Runnable chore) {
        onIdle = chore;
    }

    @Override
    public boolean tidy(Connection connection) throws SQLException {
        onIdle.run();
        if (tidy.some()) {
            return true;
        }
        if (checkpoints.isIdle()) {
            // nothing was written, and what was read is let go
            connection.commit();
            checkpoints.emptyLog(connection);
        }
        return false;
    }

    @Override
    public void committing() throws SQLException {
        events.writeAdded();
        seen.merge(clock.millis());
    }

    @Override
    public void committed() {
        seen.committed();
        identities.committed();
        forgotten.committed();
        seen.beginRound(clock.millis(), events.lastSeq(), false);
    }

    @Override
    public void undone(Throwable cause) {
        events.undone();
        seen.undone();
        identities.undone();
        forgotten.undone();
        damage.note(cause);
    }

    @Override
    public void checkpoint(Connection connection) throws SQLException {
        checkpoints.committed(connection);
        if (room.isBelowFloor()) {
            checkpoints.emptyLog(connection);
        }
        compaction.ifAsked(connection);
    }

    @Override
    public void prepareAnew(Connection connection) throws SQLException {
        prepare(connection);
        tally.prepare(connection);
        seen.prepare(connection);
        identities.prepare(connection);
    }
}
