package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes that a lane rests, until when and why, and what of it failed. */
final class PauseTask {

    private final Lane lane;
    private final Instant until;
    private final String cause;
    private final List<Long> failed;
    private final Map<Outcome, Long> counts;
    private final SpoolTables tables;

    /** @param again how many events are tried again because of it */
    PauseTask(Lane lane, Instant until, int again, String cause, SpoolTables tables) {
        this.lane = lane;
        this.until = until;
        this.cause = cause;
        this.failed = lane.ledger().out();
        this.counts = TallyCounts.retried(again);
        this.tables = tables;
    }

    /** Inside a transaction. */
    Void write(long now) throws SQLException {
        tables.events().pause(lane.number(), until, lane.pauses());
        tables.history().note(HistoryTable.RETRIED, cause, failed, now);
        tables.tally().write(counts);
        return null;
    }

    /** Once it is on disk. */
    void written() {
        tables.tally().committed(counts);
    }
}
