package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.Counts;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.SQLException;
import java.util.Map;

/** Writes what became of some events of a lane; of those that were forgotten meanwhile, nothing but that. */
final class Settling {

    private final Tables tables;
    private LaneChange change;
    private Map<Outcome, Long> counts;

    Settling(LaneChange change, Tables tables) {
        this.tables = tables;
        this.change = change;
        this.counts = Counts.of(change.settled().values());
    }

    /** Inside a transaction; answers what changes. */
    LaneChange write(long now) throws SQLException {
        LaneChange left = tables.forgotten().without(change);
        if (left != change) {
            change = left;
            counts = Counts.of(change.settled().values());
        }
        tables.events().settle(change, now);
        tables.history().settle(change.settled(), now);
        tables.tally().write(counts);
        return change;
    }

    /** Once it is on disk. */
    void written() {
        tables.tally().committed(counts);
        tables.forgotten().settled(change);
    }
}
