package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.Counts;
import dev.listrakrelay.spool.lane.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes that a lane rests, until when and why, and what of it failed. */
final class Pausing {

    private final Lane lane;
    private final Instant until;
    private final String cause;
    private final List<Long> failed;
    private final Map<Outcome, Long> counts;
    private final Tables tables;

    /** @param again how many events are tried again because of it */
    Pausing(Lane lane, Instant until, int again, String cause, Tables tables) {
        this.lane = lane;
        this.until = until;
        this.cause = cause;
        this.failed = lane.ledger().out();
        this.counts = Counts.retried(again);
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
