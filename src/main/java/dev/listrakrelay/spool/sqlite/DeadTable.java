package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes dead letters, inside the transaction of a group commit. */
final class DeadTable {

    private static final int FORGET_AT_ONCE = 500;

    private final Connection writer;
    private final PreparedStatement bury;
    private final PreparedStatement raise;
    private final PreparedStatement forget;

    /** What has to be known of a dead letter to replay it. */
    record Letter(long seq, String contact, String reason) {}

    DeadTable(Connection writer) throws SQLException {
        this.writer = writer;
        bury = writer.prepareStatement(
                """
                INSERT OR REPLACE INTO dead (seq, message_id, source, type, name, contact, received_at, raw,
                  reason, answer, died_at, request, attempts)
                SELECT seq, message_id, source, type, name, contact, received_at, raw, ?1, ?2, ?3, ?4,
                  coalesce((SELECT attempts FROM open WHERE open.seq = event.seq), 0)
                FROM event WHERE seq = ?5""");
        raise = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        forget = writer.prepareStatement("DELETE FROM dead WHERE seq IN (SELECT seq FROM dead WHERE died_at < ?"
                + " ORDER BY died_at LIMIT " + FORGET_AT_ONCE + ")");
    }

    /** Copies an event here, before it is closed. */
    void bury(long seq, Settlement.Dead dead, long now) throws SQLException {
        bury.setString(1, dead.reason());
        bury.setString(2, dead.answer());
        bury.setLong(3, now);
        bury.setString(4, dead.request());
        bury.setLong(5, seq);
        bury.executeUpdate();
    }

    /** The first ones that fulfil some conditions, above {@code after} and up to {@code last}, ascending. */
    List<Letter> next(Conditions conditions, long after, long last, int max) throws SQLException {
        List<Letter> letters = new ArrayList<>();
        try (PreparedStatement select = writer.prepareStatement("SELECT seq, contact, reason FROM dead WHERE "
                + conditions.sql() + " AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?")) {
            int parameter = conditions.bind(select);
            select.setLong(parameter, after);
            select.setLong(parameter + 1, last);
            select.setInt(parameter + 2, max);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    letters.add(new Letter(row.getLong(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return letters;
    }

    /** Takes one away; it is an event again. */
    void remove(long seq) throws SQLException {
        raise.setLong(1, seq);
        raise.executeUpdate();
    }

    /** Deletes some that died before that time; answers whether there were any. */
    boolean forget(long before) throws SQLException {
        forget.setLong(1, before);
        return forget.executeUpdate() > 0;
    }
}
