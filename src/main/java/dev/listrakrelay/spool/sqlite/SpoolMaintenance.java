package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;
import java.time.Clock;

/** Does the maintenance around the commits of a spool. */
final class SpoolMaintenance implements GroupCommit.Hooks {

    private final SpoolConnection writer;
    private final SpoolTables tables;
    private final RetentionJob retention;
    private final ReplayTask replay;
    private final HeldEvents held;
    private final Checkpoints checkpoints;
    private final FileRewrite rewrite;
    private final SpoolCapacity capacity;
    private final CorruptionState corruption;
    private final Clock clock;

    SpoolMaintenance(
            SpoolConnection writer,
            SpoolTables tables,
            RetentionJob retention,
            ReplayTask replay,
            HeldEvents held,
            Checkpoints checkpoints,
            FileRewrite rewrite,
            SpoolCapacity capacity,
            CorruptionState corruption,
            Clock clock) {
        this.writer = writer;
        this.tables = tables;
        this.retention = retention;
        this.replay = replay;
        this.held = held;
        this.checkpoints = checkpoints;
        this.rewrite = rewrite;
        this.capacity = capacity;
        this.corruption = corruption;
        this.clock = clock;
    }

    @Override
    public boolean idle() throws SQLException {
        replay.moveMore();
        held.releaseDue();
        if (retention.doSome()) {
            return true;
        }
        if (checkpoints.isIdle()) {
            // ends the read transaction; nothing was written in it
            writer.commit();
            checkpoints.emptyLog(writer);
        }
        return false;
    }

    @Override
    public void committing() throws SQLException {
        tables.events().writeAdded();
        tables.dedupe().merge(clock.millis());
    }

    @Override
    public void committed() {
        tables.held().transactionEnded();
        tables.dedupe().committed();
        tables.identities().committed();
        tables.forgotten().committed();
        tables.dedupe().beginFlush(clock.millis(), tables.events().lastSeq(), false);
    }

    @Override
    public void rolledBack(Throwable cause) {
        tables.events().rolledBack();
        tables.held().transactionEnded();
        tables.dedupe().rolledBack();
        tables.identities().rolledBack();
        tables.forgotten().rolledBack();
        corruption.note(cause);
    }

    @Override
    public void checkpoint() throws SQLException {
        checkpoints.committed(writer);
        if (capacity.isBelowFloor()) {
            checkpoints.emptyLog(writer);
        }
        rewrite.rewriteIfRequested(writer);
    }
}
