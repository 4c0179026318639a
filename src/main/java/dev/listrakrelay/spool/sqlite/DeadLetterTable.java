package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.sql.SQLException;

/** Writes dead letters, inside the transaction of a group commit. */
final class DeadLetterTable {

    private static final int DELETED_AT_ONCE = 500;

    private static final String INSERT =
            """
            INSERT OR REPLACE INTO dead (reason, answer, died_at, request, seq, message_id, source, type, name, contact,
              received_at, raw, contact_from, attempts)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
              coalesce((SELECT attempts FROM open WHERE seq = ?5), 0))""";

    private static final String SELECT = "SELECT " + EventRow.COLUMNS.formatted("raw") + " FROM dead WHERE seq = ?";

    private final SpoolConnection sql;

    DeadLetterTable(SpoolConnection writer) {
        sql = writer;
    }

    /**
     * Adds an event with its reason. Call it while the event is still open, because it reads the number of attempts.
     */
    void add(Event event, Settlement.Dead dead, long now) throws SQLException {
        sql.update(
                INSERT,
                dead.reason(),
                dead.answer(),
                now,
                dead.request(),
                event.seq(),
                event.messageId(),
                event.source(),
                event.type(),
                event.name(),
                event.contact(),
                event.receivedAt().toEpochMilli(),
                event.raw(),
                EventRow.contactFrom(event));
    }

    /** Returns the event of a dead letter. */
    Event get(long seq) throws SQLException {
        return sql.query(SELECT, EventRow::read, seq);
    }

    /** Deletes a dead letter. Returns whether it existed. */
    boolean remove(long seq) throws SQLException {
        return sql.update("DELETE FROM dead WHERE seq = ?", seq) > 0;
    }

    /** Deletes some dead letters from before a time, unless they wait for a replay. Returns whether there were any. */
    boolean deleteOld(long before) throws SQLException {
        return sql.update(
                        "DELETE FROM dead WHERE seq IN (SELECT seq FROM dead WHERE died_at < ?"
                                + " AND seq NOT IN (SELECT seq FROM replay) ORDER BY died_at LIMIT " + DELETED_AT_ONCE
                                + ")",
                        before)
                > 0;
    }
}
