package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

    private final boolean isKept;
    private final PreparedStatement insert;
    private final PreparedStatement latest;
    private final PreparedStatement deleteBefore;

    HistoryTable(Connection writer, boolean isKept) throws SQLException {
        this.isKept = isKept;
        insert = writer.prepareStatement(
                "INSERT INTO history (block, at, outcome, reason, seqs) VALUES (?, ?, ?, ?, ?)");
        latest = writer.prepareStatement("SELECT coalesce(max(at), 0) FROM history WHERE block = ?");
        deleteBefore =
                writer.prepareStatement("DELETE FROM history WHERE id IN (SELECT id FROM history WHERE block < ? LIMIT "
                        + DELETED_AT_ONCE + ")");
    }

    void settle(Map<Event, Settlement> settled, long now) throws SQLException {
        if (!isKept) {
            return;
        }
        Map<EventStep, List<Long>> groups = new HashMap<>();
        settled.forEach((event, settlement) -> groups.computeIfAbsent(
                        EventStep.of(settlement, Instant.ofEpochMilli(now)), step -> new ArrayList<>())
                .add(event.seq()));
        for (Map.Entry<EventStep, List<Long>> group : groups.entrySet()) {
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
            insert.setLong(1, block.getKey());
            insert.setLong(2, step.at().toEpochMilli());
            insert.setString(3, step.outcome());
            insert.setString(4, step.reason());
            insert.setBytes(5, block.getValue());
            insert.executeUpdate();
        }
    }

    /** The time of the last step of a block's events; 0 if there are no steps. */
    long latest(long block) throws SQLException {
        latest.setLong(1, block);
        try (ResultSet row = latest.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Deletes some steps of events before a block. Returns whether there were any. */
    boolean deleteBefore(long block) throws SQLException {
        deleteBefore.setLong(1, block);
        return deleteBefore.executeUpdate() > 0;
    }
}
