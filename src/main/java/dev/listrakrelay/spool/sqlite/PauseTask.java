package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes the pause of a lane: its end, its cause, and the events that have to be tried again. */
final class PauseTask {

    private final Lane lane;
    private final Instant until;
    private final String cause;
    private final List<Long> failed;
    private final Map<Outcome, Long> counts;
    private final SpoolTables tables;
    private final Clock clock;

    /** @param retried the number of events that are tried again after the pause */
    PauseTask(Lane lane, Instant until, int retried, String cause, SpoolTables tables, Clock clock) {
        this.lane = lane;
        this.until = until;
        this.cause = cause;
        this.failed = lane.ledger().out();
        this.counts = TallyCounts.retried(retried);
        this.tables = tables;
        this.clock = clock;
    }

    Void write() throws SQLException {
        tables.events().pause(lane.number(), until, lane.pauses());
        tables.history().note(Settlement.Retry.OUTCOME, cause, failed, clock.millis());
        tables.tally().write(counts);
        return null;
    }

    /** Updates the state in memory, once the rows are on disk. */
    void written() {
        tables.tally().committed(counts);
    }
}
