package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/**
 * Deletes, a little at a time, what is no longer needed: settled events beyond the history, steps, ids, dead letters.
 * Never an event that is pending.
 */
final class Tidy implements GroupCommit.Idle {

    private static final long LOOK_EVERY = Duration.ofSeconds(10).toMillis();

    private final Clock clock;
    private final Retention retention;
    private final EventTable events;
    private final HistoryTable history;
    private final SeenIds seen;
    private final DeadTable dead;
    private long agedTo;
    private long lookAgain;

    Tidy(Clock clock, Retention retention, EventTable events, HistoryTable history, SeenIds seen, DeadTable dead)
            throws SQLException {
        this.clock = clock;
        this.retention = retention;
        this.events = events;
        this.history = history;
        this.seen = seen;
        this.dead = dead;
        this.agedTo = events.firstSeq() - 1;
    }

    @Override
    public boolean tidy(Connection connection) throws SQLException {
        long now = clock.millis();
        long last = lastToTrim(now);
        return events.trim(last)
                || history.forget(SeqBlocks.of(last))
                || seen.forget(connection, now)
                || dead.forget(now - retention.deadLetters().toMillis());
    }

    private long lastToTrim(long now) throws SQLException {
        if (!retention.keepsHistory()) {
            return Long.MAX_VALUE;
        }
        while (now >= lookAgain && hasAged(now)) {
            agedTo = Math.min(SeqBlocks.last(SeqBlocks.of(agedTo + 1)), events.lastSeq());
        }
        return Math.max(agedTo, events.lastSeq() - retention.historyEvents());
    }

    /** Whether nothing has happened for long to the events of the next block, and none of them is pending. */
    private boolean hasAged(long now) throws SQLException {
        long block = SeqBlocks.of(agedTo + 1);
        boolean hasAged = agedTo < events.lastSeq()
                && history.latest(block) < now - retention.history().toMillis()
                && events.firstPending() > Math.min(SeqBlocks.last(block), events.lastSeq());
        if (!hasAged) {
            lookAgain = now + LOOK_EVERY;
        }
        return hasAged;
    }
}
