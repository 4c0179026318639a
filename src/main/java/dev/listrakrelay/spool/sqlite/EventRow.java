package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.lane.LaneLedger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads an event from a row that begins with {@link #COLUMNS}, and its payload as {@code raw}. */
final class EventRow {

    /** The placeholder is the payload: {@code raw}, or nothing in its place. */
    static final String COLUMNS = "seq, message_id, source, type, name, contact, received_at, %s, contact_from";

    /** How a row says that its contact is an earlier event's. */
    static final String LEARNED = "learned";

    /** How a row says that nothing of its event is left; it stands in place of its contact too. */
    static final String FORGOTTEN = LaneLedger.FORGOTTEN;

    private EventRow() {}

    static Event read(ResultSet row) throws SQLException {
        Instant receivedAt = Instant.ofEpochMilli(row.getLong(7));
        return read(row, receivedAt, receivedAt);
    }

    static Event read(ResultSet row, Instant receivedAt, Instant pendingSince) throws SQLException {
        String contact = text(row, 6);
        return new Event(
                row.getLong(1),
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                contact,
                LEARNED.equals(text(row, 9)) ? Identity.learned(contact) : Identity.NONE,
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
