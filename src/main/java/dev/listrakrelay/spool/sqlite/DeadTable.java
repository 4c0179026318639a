package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes dead letters, inside the transaction of a group commit. */
final class DeadTable {

    private static final int FORGET_AT_ONCE = 500;

    private final PreparedStatement bury;
    private final PreparedStatement find;
    private final PreparedStatement raise;
    private final PreparedStatement forget;

    DeadTable(Connection writer) throws SQLException {
        bury = writer.prepareStatement(
                """
                INSERT OR REPLACE INTO dead (reason, answer, died_at, request, seq, message_id, source, type, name, contact,
                  received_at, raw, contact_from, attempts)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                  coalesce((SELECT attempts FROM open WHERE seq = ?5), 0))""");
        find = writer.prepareStatement("SELECT " + EventRow.COLUMNS.formatted("raw") + " FROM dead WHERE seq = ?");
        raise = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        forget = writer.prepareStatement("DELETE FROM dead WHERE seq IN (SELECT seq FROM dead WHERE died_at < ?"
                + " AND seq NOT IN (SELECT seq FROM replay) ORDER BY died_at LIMIT " + FORGET_AT_ONCE + ")");
    }

    /** Writes an event here, before it is closed. */
    void bury(Event event, Settlement.Dead dead, long now) throws SQLException {
        bury.setString(1, dead.reason());
        bury.setString(2, dead.answer());
        bury.setLong(3, now);
        bury.setString(4, dead.request());
        bury.setLong(5, event.seq());
        bury.setString(6, event.messageId());
        bury.setString(7, event.source());
        bury.setString(8, event.type());
        bury.setString(9, event.name());
        bury.setString(10, event.contact());
        bury.setLong(11, event.receivedAt().toEpochMilli());
        bury.setBytes(12, event.raw());
        bury.setString(13, EventRow.contactFrom(event));
        bury.executeUpdate();
    }

    /** What died. */
    Event get(long seq) throws SQLException {
        find.setLong(1, seq);
        try (ResultSet row = find.executeQuery()) {
            return EventRow.read(row);
        }
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
