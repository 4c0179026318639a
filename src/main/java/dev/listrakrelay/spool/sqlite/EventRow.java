package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads an event from a row that begins with {@link #COLUMNS}. */
final class EventRow {

    /** The placeholder is for the payload, {@code raw}, or for an empty one. */
    static final String COLUMNS = "seq, message_id, source, type, name, contact, received_at, %s, contact_from";

    /** In {@code contact_from}: the contact's e-mail was learned from an earlier event. */
    static final String LEARNED = "learned";

    /** In {@code contact_from} and {@code contact}: the event was forgotten, and its content erased. */
    static final String FORGOTTEN = LaneProgress.FORGOTTEN;

    private EventRow() {}

    /** The value of {@code contact_from}; null for the event's own contact. */
    static String contactFrom(Event event) {
        return event.identity().isLearned() ? LEARNED : null;
    }

    static Event read(ResultSet row) throws SQLException {
        String contact = row.getString(6);
        Instant receivedAt = Instant.ofEpochMilli(row.getLong(7));
        return new Event(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                contact,
                LEARNED.equals(row.getString(9)) ? Identity.learned(contact) : Identity.NONE,
                receivedAt,
                receivedAt,
                row.getBytes(8));
    }
}
