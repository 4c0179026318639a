package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes dead letters, inside the transaction of a group commit. */
final class DeadLetterTable {

    private static final int DELETED_AT_ONCE = 500;

    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement delete;
    private final PreparedStatement deleteOld;

    DeadLetterTable(Connection writer) throws SQLException {
        insert = writer.prepareStatement(
                """
                INSERT OR REPLACE INTO dead (reason, answer, died_at, request, seq, message_id, source, type, name, contact,
                  received_at, raw, contact_from, attempts)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                  coalesce((SELECT attempts FROM open WHERE seq = ?5), 0))""");
        select = writer.prepareStatement("SELECT " + EventRow.COLUMNS.formatted("raw") + " FROM dead WHERE seq = ?");
        delete = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        deleteOld = writer.prepareStatement("DELETE FROM dead WHERE seq IN (SELECT seq FROM dead WHERE died_at < ?"
                + " AND seq NOT IN (SELECT seq FROM replay) ORDER BY died_at LIMIT " + DELETED_AT_ONCE + ")");
    }

    /**
     * Adds an event with its reason. Call it while the event is still open, because it reads the number of attempts.
     */
    void add(Event event, Settlement.Dead dead, long now) throws SQLException {
        insert.setString(1, dead.reason());
        insert.setString(2, dead.answer());
        insert.setLong(3, now);
        insert.setString(4, dead.request());
        insert.setLong(5, event.seq());
        insert.setString(6, event.messageId());
        insert.setString(7, event.source());
        insert.setString(8, event.type());
        insert.setString(9, event.name());
        insert.setString(10, event.contact());
        insert.setLong(11, event.receivedAt().toEpochMilli());
        insert.setBytes(12, event.raw());
        insert.setString(13, EventRow.contactFrom(event));
        insert.executeUpdate();
    }

    /** Returns the event of a dead letter. */
    Event get(long seq) throws SQLException {
        select.setLong(1, seq);
        try (ResultSet row = select.executeQuery()) {
            return EventRow.read(row);
        }
    }

    /** Deletes a dead letter that was replayed. */
    void remove(long seq) throws SQLException {
        delete.setLong(1, seq);
        delete.executeUpdate();
    }

    /** Deletes some dead letters from before a time, unless they wait for a replay. Returns whether there were any. */
    boolean deleteOld(long before) throws SQLException {
        deleteOld.setLong(1, before);
        return deleteOld.executeUpdate() > 0;
    }
}
