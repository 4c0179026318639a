package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the steps of events, inside the transaction that makes them true. Events that share a step share a row, so a
 * delivered request of hundreds costs one row or a few.
 */
final class HistoryTable {

    static final String RETRIED = "retried";
    private static final int MOST_OF_A_REASON = 300;
    private static final int FORGET_AT_ONCE = 2_000;

    private final boolean isKept;
    private final PreparedStatement insert;
    private final PreparedStatement latest;
    private final PreparedStatement forget;

    private record Step(String outcome, String reason) {}

    HistoryTable(Connection writer, boolean isKept) throws SQLException {
        this.isKept = isKept;
        insert = writer.prepareStatement(
                "INSERT INTO history (block, at, outcome, reason, seqs) VALUES (?, ?, ?, ?, ?)");
        latest = writer.prepareStatement("SELECT coalesce(max(at), 0) FROM history WHERE block = ?");
        forget =
                writer.prepareStatement("DELETE FROM history WHERE id IN (SELECT id FROM history WHERE block < ? LIMIT "
                        + FORGET_AT_ONCE + ")");
    }

    void settle(Map<Event, Settlement> settled, long now) throws SQLException {
        if (!isKept) {
            return;
        }
        Map<Step, List<Long>> groups = new HashMap<>();
        settled.forEach((event, settlement) -> groups.computeIfAbsent(step(settlement), step -> new ArrayList<>())
                .add(event.seq()));
        for (Map.Entry<Step, List<Long>> group : groups.entrySet()) {
            note(group.getKey().outcome(), group.getKey().reason(), group.getValue(), now);
        }
    }

    void note(String outcome, String reason, Collection<Long> seqs, long now) throws SQLException {
        insert(outcome, reason.substring(0, Math.min(reason.length(), MOST_OF_A_REASON)), seqs, now);
    }

    private void insert(String outcome, String reason, Collection<Long> seqs, long at) throws SQLException {
        if (!isKept) {
            return;
        }
        for (Map.Entry<Long, byte[]> block : SeqBlocks.pack(seqs).entrySet()) {
            insert.setLong(1, block.getKey());
            insert.setLong(2, at);
            insert.setString(3, outcome);
            insert.setString(4, reason);
            insert.setBytes(5, block.getValue());
            insert.executeUpdate();
        }
    }

    /** Writes a step as it is. */
    void note(EventStep step, Collection<Long> seqs) throws SQLException {
        insert(step.outcome(), step.reason(), seqs, step.at().toEpochMilli());
    }

    private static Step step(Settlement settlement) {
        if (settlement instanceof Settlement.Dropped dropped) {
            return new Step("dropped", dropped.reason());
        }
        if (settlement instanceof Settlement.Dead dead) {
            return new Step("dead", dead.reason());
        }
        if (settlement instanceof Settlement.Forwarded forwarded) {
            return new Step("forwarded", forwarded.to());
        }
        return settlement instanceof Settlement.Retry retry
                ? new Step(RETRIED, retry.reason())
                : new Step("delivered", "");
    }

    /** When something last happened to an event of a block; 0 if nothing did. */
    long latest(long block) throws SQLException {
        latest.setLong(1, block);
        try (ResultSet row = latest.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Deletes some steps of events before a block; answers whether there were any. */
    boolean forget(long block) throws SQLException {
        forget.setLong(1, block);
        return forget.executeUpdate() > 0;
    }
}
