package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolLimits;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes old rows, a few at a time: settled events beyond the history, steps, ids, identities, dead letters, entries of
 * ambiguous events. It never deletes a pending event.
 */
final class RetentionJob {

    private static final long LOOK_EVERY = Duration.ofSeconds(10).toMillis();

    private final Clock clock;
    private final SpoolLimits limits;
    private final SpoolTables tables;
    private final SpoolCapacity capacity;
    private long agedTo;
    private long lookAgain;

    RetentionJob(Clock clock, SpoolLimits limits, SpoolTables tables, SpoolCapacity capacity) throws SQLException {
        this.clock = clock;
        this.limits = limits;
        this.tables = tables;
        this.capacity = capacity;
        this.agedTo = tables.events().firstSeq() - 1;
    }

    /** Does the next part of the work. Returns whether there was any. */
    boolean doSome() throws SQLException {
        long now = clock.millis();
        long last = lastToTrim(now);
        tables.dedupe().beginFlush(now, tables.events().lastSeq(), capacity.isShort());
        return tables.dedupe().fillFilter()
                || tables.dedupe().merge(now)
                || tables.events().trim(last)
                || tables.history().deleteBefore(SeqBlocks.of(last))
                || tables.dedupe().deleteOld(now)
                || tables.identities().deleteOld(now)
                || tables.deadLetters().deleteOld(now - limits.deadLetters().toMillis())
                || tables.ambiguous().deleteOld(now - limits.deadLetters().toMillis());
    }

    private long lastToTrim(long now) throws SQLException {
        // settled events are deleted to make space for pending ones
        if (!limits.keepsHistory() || capacity.isShort()) {
            return Long.MAX_VALUE;
        }
        while (now >= lookAgain && hasAged(now)) {
            agedTo = Math.min(
                    SeqBlocks.last(SeqBlocks.of(agedTo + 1)), tables.events().lastSeq());
        }
        return Math.max(agedTo, tables.events().lastSeq() - limits.historyEvents());
    }

    /** Whether the last step of the next block's events is older than the history, and none of them is pending. */
    private boolean hasAged(long now) throws SQLException {
        long block = SeqBlocks.of(agedTo + 1);
        boolean hasAged = agedTo < tables.events().lastSeq()
                && tables.history().latest(block) < now - limits.history().toMillis()
                && tables.events().firstPending()
                        > Math.min(SeqBlocks.last(block), tables.events().lastSeq());
        if (!hasAged) {
            lookAgain = now + LOOK_EVERY;
        }
        return hasAged;
    }
}
