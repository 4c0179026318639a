package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the history steps of events, inside the transaction that settles them. Events with the same step share a row,
 * so a delivered request of hundreds of events costs one row or a few.
 */
final class HistoryTable {

    private static final int DELETED_AT_ONCE = 2_000;
    private static final String STEPS = "SELECT at, outcome, reason, seqs FROM history WHERE block = ? ORDER BY id";

    private final SpoolConnection sql;
    private final boolean isKept;

    HistoryTable(SpoolConnection writer, boolean isKept) {
        this.sql = writer;
        this.isKept = isKept;
    }

    /** The last step of each event of a block that is not a request. */
    static Map<Long, EventStep> lastSteps(SpoolConnection connection, long block) throws SQLException {
        return connection.query(
                STEPS,
                row -> {
                    Map<Long, EventStep> last = new HashMap<>();
                    while (row.next()) {
                        EventStep step = step(row);
                        if (!SentRequest.isRequest(step.outcome())) {
                            for (long seq : SeqBlocks.unpack(block, row.getBytes(4))) {
                                last.put(seq, step);
                            }
                        }
                    }
                    return last;
                },
                block);
    }

    /** All steps of an event. */
    static List<EventStep> steps(SpoolConnection connection, long seq) throws SQLException {
        return connection.query(
                STEPS,
                row -> {
                    List<EventStep> steps = new ArrayList<>();
                    while (row.next()) {
                        if (SeqBlocks.contains(row.getBytes(4), seq)) {
                            steps.add(step(row));
                        }
                    }
                    return steps;
                },
                SeqBlocks.of(seq));
    }

    private static EventStep step(ResultSet row) throws SQLException {
        return new EventStep(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3));
    }

    void settle(Map<Event, Settlement> settled, long now) throws SQLException {
        if (!isKept) {
            return;
        }
        for (Map.Entry<EventStep, List<Long>> group :
                EventStep.of(settled, Instant.ofEpochMilli(now)).entrySet()) {
            note(group.getKey(), group.getValue());
        }
    }

    void note(String outcome, String reason, Collection<Long> seqs, long now) throws SQLException {
        note(EventStep.cut(Instant.ofEpochMilli(now), outcome, reason), seqs);
    }

    /** Writes a step of several events. */
    void note(EventStep step, Collection<Long> seqs) throws SQLException {
        if (!isKept) {
            return;
        }
        for (Map.Entry<Long, byte[]> block : SeqBlocks.pack(seqs).entrySet()) {
            sql.update(
                    "INSERT INTO history (block, at, outcome, reason, seqs) VALUES (?, ?, ?, ?, ?)",
                    block.getKey(),
                    step.at().toEpochMilli(),
                    step.outcome(),
                    step.reason(),
                    block.getValue());
        }
    }

    /** The time of the last step of a block's events; 0 if there are no steps. */
    long latest(long block) throws SQLException {
        return sql.number("SELECT coalesce(max(at), 0) FROM history WHERE block = ?", block);
    }

    /** Deletes some steps of events before a block. Returns whether there were any. */
    boolean deleteBefore(long block) throws SQLException {
        return sql.update(
                        "DELETE FROM history WHERE id IN (SELECT id FROM history WHERE block < ? LIMIT "
                                + DELETED_AT_ONCE + ")",
                        block)
                > 0;
    }
}
