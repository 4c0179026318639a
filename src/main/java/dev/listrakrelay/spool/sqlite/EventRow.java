package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.lane.LaneProgress;
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
    static final String FORGOTTEN = LaneProgress.FORGOTTEN;

    private EventRow() {}

    /** How a row says where the contact of an event is from; null where it is the event's own. */
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
