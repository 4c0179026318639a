package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
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
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                receivedAt,
                pendingSince,
                row.getBytes(8));
    }

    /** The driver's own way to a text copies it twice more. */
    private static String text(ResultSet row, int column) throws SQLException {
        byte[] text = row.getBytes(column);
        return text == null ? "" : new String(text, StandardCharsets.UTF_8);
    }
}
