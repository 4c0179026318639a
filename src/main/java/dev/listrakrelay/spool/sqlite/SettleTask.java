package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Writes the outcomes of some events of a lane. Of a forgotten event, it writes only that it was forgotten. */
final class SettleTask {

    private final Lane lane;
    private final List<SentRequest> requests;
    private final SpoolTables tables;
    private final ReplayTask replay;
    private final Clock clock;
    private LaneChange change;
    private Map<Outcome, Long> counts;

    SettleTask(
            Lane lane,
            Map<Event, Settlement> settlements,
            List<SentRequest> requests,
            SpoolTables tables,
            ReplayTask replay,
            Clock clock) {
        this.lane = lane;
        this.requests = requests;
        this.tables = tables;
        this.replay = replay;
        this.clock = clock;
        this.change = lane.ledger().change(settlements);
        this.counts = TallyCounts.of(change.settled().values());
    }

    Void write() throws SQLException {
        long now = clock.millis();
        LaneChange left = tables.forgotten().without(change);
        if (left != change) {
            change = left;
            counts = TallyCounts.of(change.settled().values());
        }
        tables.events().settle(change, now);
        for (SentRequest request : requests) {
            List<Long> seqs = tables.forgotten().without(request.seqs());
            tables.history().note(request.step(), seqs);
            tables.ambiguous().sent(request, seqs);
        }
        tables.history().settle(change.settled(), now);
        tables.ambiguous().settle(change.settled(), now);
        tables.deliveryLog().settled(change, requests, lane.ledger()::attempts, now);
        tables.tally().write(counts);
        return null;
    }

    /** Updates the state in memory, once the rows are on disk. */
    void written() {
        // the tally first, so that it has the outcome of each event that is no longer pending
        tables.tally().committed(counts);
        tables.forgotten().settled(change);
        tables.ambiguous().settled(change);
        lane.apply(change);
        replay.settled(change);
    }
}
