package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolLimits;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes old rows, a few at a time: settled events beyond the history, steps, ids, identities, dead letters. It never
 * deletes a pending event.
 */
final class RetentionJob {

    private static final long LOOK_EVERY = Duration.ofSeconds(10).toMillis();

    private final Clock clock;
    private final SpoolLimits retention;
    private final SpoolTables tables;
    private final SpoolCapacity room;
    private long agedTo;
    private long lookAgain;

    RetentionJob(Clock clock, SpoolLimits retention, SpoolTables tables, SpoolCapacity room) throws SQLException {
        this.clock = clock;
        this.retention = retention;
        this.tables = tables;
        this.room = room;
        this.agedTo = tables.events().firstSeq() - 1;
    }

    /** Answers whether there was anything. */
    boolean some() throws SQLException {
        long now = clock.millis();
        long last = lastToTrim(now);
        tables.seen().beginRound(now, tables.events().lastSeq(), room.isShort());
        return tables.seen().filter()
                || tables.seen().merge(now)
                || tables.events().trim(last)
                || tables.history().forget(SeqBlocks.of(last))
                || tables.seen().forget(now)
                || tables.identities().forgetOld(now)
                || tables.dead().forget(now - retention.deadLetters().toMillis());
    }

    private long lastToTrim(long now) throws SQLException {
        // what is settled makes room for what is not
        if (!retention.keepsHistory() || room.isShort()) {
            return Long.MAX_VALUE;
        }
        while (now >= lookAgain && hasAged(now)) {
            agedTo = Math.min(
                    SeqBlocks.last(SeqBlocks.of(agedTo + 1)), tables.events().lastSeq());
        }
        return Math.max(agedTo, tables.events().lastSeq() - retention.historyEvents());
    }

    /** Whether nothing has happened for long to the events of the next block, and none of them is pending. */
    private boolean hasAged(long now) throws SQLException {
        long block = SeqBlocks.of(agedTo + 1);
        boolean hasAged = agedTo < tables.events().lastSeq()
                && tables.history().latest(block) < now - retention.history().toMillis()
                && tables.events().firstPending()
                        > Math.min(SeqBlocks.last(block), tables.events().lastSeq());
        if (!hasAged) {
            lookAgain = now + LOOK_EVERY;
        }
        return hasAged;
    }
}
