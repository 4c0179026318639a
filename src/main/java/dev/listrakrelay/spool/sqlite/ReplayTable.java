package dev.listrakrelay.spool.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes which dead letters wait for their replay, inside the transaction of a group commit. It also finds the next
 * dead letters and dropped events to replay, together in the order of their seqs.
 */
final class ReplayTable {

    private static final String PENDING =
            """
            SELECT seq FROM event WHERE replayed_at IS NOT NULL AND (seq IN (SELECT seq FROM open)
              OR seq > (SELECT head FROM lane WHERE lane.lane = event.lane))""";

    private final Connection writer;
    private final PreparedStatement next;
    private final PreparedStatement remove;

    /** A dead letter or a dropped event that waits for its replay. */
    record WaitingReplay(long seq, String reason, boolean isDropped) {}

    ReplayTable(Connection writer) throws SQLException {
        this.writer = writer;
        next = writer.prepareStatement("SELECT replay.seq, reason, 0 FROM replay JOIN dead ON dead.seq = replay.seq"
                + " UNION ALL SELECT seq, reason, 1 FROM dropped_replay ORDER BY 1 LIMIT ?");
        remove = writer.prepareStatement("DELETE FROM replay WHERE seq = ?");
    }

    /** Adds the dead letters that meet the conditions. Returns how many did not wait before. */
    int add(SearchConditions conditions) throws SQLException {
        try (PreparedStatement add = writer.prepareStatement(
                "INSERT OR IGNORE INTO replay (seq) SELECT seq FROM dead WHERE " + conditions.sql())) {
            conditions.bind(add);
            return add.executeUpdate();
        }
    }

    /** The first {@code max} dead letters and dropped events that wait, in the order of their seqs. */
    List<WaitingReplay> next(int max) throws SQLException {
        next.setInt(1, max);
        List<WaitingReplay> waiting = new ArrayList<>();
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                waiting.add(new WaitingReplay(row.getLong(1), row.getString(2), row.getBoolean(3)));
            }
        }
        return waiting;
    }

    /** Removes a dead letter that was replayed. */
    void remove(long seq) throws SQLException {
        remove.setLong(1, seq);
        remove.executeUpdate();
    }

    /** The number of dead letters and dropped events that wait. */
    long count() throws SQLException {
        return seqs("SELECT (SELECT count(*) FROM replay) + (SELECT count(*) FROM dropped_replay)")
                .get(0);
    }

    /** The seqs of replayed events that are not settled. */
    List<Long> pending() throws SQLException {
        return seqs(PENDING);
    }

    private List<Long> seqs(String sql) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        try (PreparedStatement select = writer.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                seqs.add(row.getLong(1));
            }
        }
        return seqs;
    }
}
