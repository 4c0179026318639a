package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads an event from a row that begins with seq, message_id, source, type, name, contact, received_at, raw. */
final class EventRow {

    private EventRow() {}

    static Event read(ResultSet row) throws SQLException {
        Instant receivedAt = Instant.ofEpochMilli(row.getLong(7));
        return read(row, receivedAt, receivedAt);
    }

    static Event read(ResultSet row, Instant receivedAt, Instant pendingSince) throws SQLException {
        return new Event(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                receivedAt,
                pendingSince,
                row.getBytes(8));
    }
}
