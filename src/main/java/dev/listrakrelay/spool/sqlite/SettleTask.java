package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;

/** Writes the outcomes of some events of a lane. Of a forgotten event, it writes only that it was forgotten. */
final class SettleTask {

    private final SpoolTables tables;
    private final List<SentRequest> requests;
    private final LongToIntFunction attempts;
    private LaneChange change;
    private Map<Outcome, Long> counts;

    /** @param attempts how often an event was retried before */
    SettleTask(LaneChange change, List<SentRequest> requests, LongToIntFunction attempts, SpoolTables tables) {
        this.requests = requests;
        this.attempts = attempts;
        this.tables = tables;
        this.change = change;
        this.counts = TallyCounts.of(change.settled().values());
    }

    /** Call it inside a transaction. Returns the change without content of forgotten events. */
    LaneChange write(long now) throws SQLException {
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
        tables.logSettled(change, requests, attempts, now);
        tables.tally().write(counts);
        return change;
    }

    /** Call it when the outcomes are on disk. */
    void written() {
        tables.tally().committed(counts);
        tables.forgotten().settled(change);
        tables.ambiguous().settled(change);
    }
}
