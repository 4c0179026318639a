package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tells up to which event the ids are in runs; those of later ones are found with their events. */
final class SeenUpTo {

    private static final String LATER = "SELECT source, message_id, received_at FROM event WHERE upto >"
            + " (SELECT seq FROM seen_up_to) AND seq > (SELECT seq FROM seen_up_to) AND replayed_at IS NULL";

    private final PreparedStatement mark;

    SeenUpTo(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO seen_up_to SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM seen_up_to)");
        }
        mark = writer.prepareStatement("UPDATE seen_up_to SET seq = max(seq, ?)");
    }

    /** The ids of later events, and when these came. */
    IdMap later() throws SQLException {
        IdMap ids = new IdMap();
        try (Statement statement = mark.getConnection().createStatement();
                ResultSet event = statement.executeQuery(LATER)) {
            while (event.next()) {
                ids.put(EventId.of(event.getString(1), event.getString(2)), event.getLong(3));
            }
        }
        return ids;
    }

    /** Notes that the ids of all events up to this one are in runs. */
    void mark(long lastSeq) throws SQLException {
        mark.setLong(1, lastSeq);
        mark.executeUpdate();
    }
}
