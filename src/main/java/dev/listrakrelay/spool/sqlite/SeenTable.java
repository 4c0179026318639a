package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the tree of ids that came, inside the transaction of a group commit. */
final class SeenTable {

    private static final int AT_ONCE = 5_000;

    private final PreparedStatement find;
    private final PreparedStatement store;
    private final PreparedStatement mark;
    private final PreparedStatement next;
    private final PreparedStatement forget;
    private long forgetFrom = Long.MIN_VALUE;

    SeenTable(Connection writer) throws SQLException {
        find = writer.prepareStatement("SELECT 1 FROM seen WHERE id = ? AND rest = ? AND at > ?");
        store = writer.prepareStatement("INSERT OR REPLACE INTO seen (id, rest, at) VALUES (?, ?, ?)");
        mark = writer.prepareStatement("UPDATE seen_up_to SET seq = max(seq, ?)");
        next = writer.prepareStatement("SELECT id, rest FROM seen WHERE id > ? ORDER BY id LIMIT " + AT_ONCE);
        forget = writer.prepareStatement("DELETE FROM seen WHERE id > ? AND id <= ? AND at <= ?");
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO seen_up_to SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM seen_up_to)");
        }
    }

    /** An id and when it came, in epoch milliseconds. */
    record Seen(EventId id, long at) {}

    /** The ids that are on disk with their events alone, and when these came. */
    IdMap withEventsAlone() throws SQLException {
        IdMap ids = new IdMap();
        try (Statement statement = find.getConnection().createStatement();
                ResultSet event = statement.executeQuery(
                        "SELECT source, message_id, received_at FROM event"
                                + " WHERE upto > (SELECT seq FROM seen_up_to) AND seq > (SELECT seq FROM seen_up_to) AND replayed_at IS NULL")) {
            while (event.next()) {
                ids.put(EventId.of(event.getString(1), event.getString(2)), event.getLong(3));
            }
        }
        return ids;
    }

    boolean holds(EventId id, long since) throws SQLException {
        find.setLong(1, id.first());
        find.setLong(2, id.rest());
        find.setLong(3, since);
        try (ResultSet row = find.executeQuery()) {
            return row.next();
        }
    }

    /** Adds an id to those that {@link #storeAdded} writes. */
    void add(EventId id, long at) throws SQLException {
        store.setLong(1, id.first());
        store.setLong(2, id.rest());
        store.setLong(3, at);
        store.addBatch();
    }

    void storeAdded() throws SQLException {
        store.executeBatch();
    }

    /** Notes that the ids of all events up to this one are here. */
    void mark(long lastSeq) throws SQLException {
        mark.setLong(1, lastSeq);
        mark.executeUpdate();
    }

    /** The next ids after this first half, some thousand of them; none at the end. */
    List<EventId> next(long after) throws SQLException {
        List<EventId> ids = new ArrayList<>();
        next.setLong(1, after);
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                ids.add(new EventId(row.getLong(1), row.getLong(2)));
            }
        }
        return ids;
    }

    /** Forgets those of the next some thousand ids that came before {@code since}, going round the tree. */
    boolean forget(long since) throws SQLException {
        List<EventId> stretch = next(forgetFrom);
        if (stretch.isEmpty()) {
            forgetFrom = Long.MIN_VALUE;
            return false;
        }
        long last = stretch.get(stretch.size() - 1).first();
        forget.setLong(1, forgetFrom);
        forget.setLong(2, last);
        forget.setLong(3, since);
        forgetFrom = last;
        return forget.executeUpdate() > 0;
    }
}
