package dev.listrakrelay.spool.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes which dead letters wait for their replay, inside the transaction of a group commit. */
final class ReplayTable {

    private static final String PENDING =
            """
            SELECT seq FROM event WHERE replayed_at IS NOT NULL AND (seq IN (SELECT seq FROM open)
              OR seq > (SELECT head FROM lane WHERE lane.lane = event.lane))""";

    private final Connection writer;
    private final PreparedStatement next;
    private final PreparedStatement remove;

    /** What has to be known of a dead letter to replay it. */
    record Letter(long seq, String contact, String reason) {}

    ReplayTable(Connection writer) throws SQLException {
        this.writer = writer;
        next = writer.prepareStatement("SELECT dead.seq, contact, reason FROM replay JOIN dead ON dead.seq = replay.seq"
                + " ORDER BY replay.seq LIMIT ?");
        remove = writer.prepareStatement("DELETE FROM replay WHERE seq = ?");
    }

    /** Adds the dead letters that meet the conditions. Returns how many did not wait before. */
    int add(Conditions conditions) throws SQLException {
        try (PreparedStatement add = writer.prepareStatement(
                "INSERT OR IGNORE INTO replay (seq) SELECT seq FROM dead WHERE " + conditions.sql())) {
            conditions.bind(add);
            return add.executeUpdate();
        }
    }

    /** The first ones that wait, in order. */
    List<Letter> next(int max) throws SQLException {
        next.setInt(1, max);
        List<Letter> letters = new ArrayList<>();
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                letters.add(new Letter(row.getLong(1), row.getString(2), row.getString(3)));
            }
        }
        return letters;
    }

    /** Takes one away: it was replayed. */
    void remove(long seq) throws SQLException {
        remove.setLong(1, seq);
        remove.executeUpdate();
    }

    /** The number of dead letters that wait. */
    long count() throws SQLException {
        return seqs("SELECT count(*) FROM replay").get(0);
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
