package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes dead letters, inside the transaction of a group commit. */
final class DeadTable {

    private static final int FORGET_AT_ONCE = 500;

    private final PreparedStatement bury;
    private final PreparedStatement raise;
    private final PreparedStatement forget;

    DeadTable(Connection writer) throws SQLException {
        bury = writer.prepareStatement(
                """
                INSERT OR REPLACE INTO dead (seq, message_id, source, type, name, contact, received_at, raw,
                  reason, answer, died_at, request, contact_from, attempts)
                SELECT seq, message_id, source, type, name, contact, received_at, raw, ?1, ?2, ?3, ?4, contact_from,
                  coalesce((SELECT attempts FROM open WHERE open.seq = event.seq), 0)
                FROM event WHERE seq = ?5""");
        raise = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        forget = writer.prepareStatement("DELETE FROM dead WHERE seq IN (SELECT seq FROM dead WHERE died_at < ?"
                + " AND seq NOT IN (SELECT seq FROM replay) ORDER BY died_at LIMIT " + FORGET_AT_ONCE + ")");
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

    /** Takes one away; it is an event again. */
    void remove(long seq) throws SQLException {
        raise.setLong(1, seq);
        raise.executeUpdate();
    }

    /** Deletes some that died before that time, but those that wait to be replayed; answers whether there were any. */
    boolean forget(long before) throws SQLException {
        forget.setLong(1, before);
        return forget.executeUpdate() > 0;
    }
}
