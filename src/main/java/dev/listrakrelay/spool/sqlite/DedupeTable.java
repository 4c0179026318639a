package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks up ids in runs, and reads the ids that only their events' rows hold, because they are not flushed yet. */
final class DedupeTable {

    private static final int ROWS_AT_ONCE = 125;

    private static final String UNFLUSHED = "SELECT source, message_id, received_at FROM event WHERE upto >"
            + " (SELECT seq FROM seen_up_to) AND seq > (SELECT seq FROM seen_up_to) AND replayed_at IS NULL";

    private final PreparedStatement find;
    private final PreparedStatement next;
    private final PreparedStatement addSingle;
    private final PreparedStatement addSingleRun;
    private final PreparedStatement markFlushed;

    DedupeTable(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO seen_up_to SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM seen_up_to)");
        }
        find = writer.prepareStatement(
                """
                SELECT (SELECT ids FROM seen WHERE seen.run = seen_run.run AND first <= ?1 ORDER BY first DESC LIMIT 1)
                FROM seen_run WHERE latest > ?2 ORDER BY run DESC""");
        next = writer.prepareStatement("SELECT run, first, ids FROM seen WHERE (run, first) > (?, ?)"
                + " ORDER BY run, first LIMIT " + ROWS_AT_ONCE);
        addSingle = writer.prepareStatement("INSERT INTO seen VALUES (" + RunTable.SINGLE_IDS
                + ", ?, ?) ON CONFLICT DO UPDATE SET ids = ids || excluded.ids");
        addSingleRun = writer.prepareStatement("INSERT INTO seen_run VALUES (" + RunTable.SINGLE_IDS
                + ", 0, ?) ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)");
        markFlushed = writer.prepareStatement("UPDATE seen_up_to SET seq = max(seq, ?)");
    }

    /** An id, and when its event was accepted, in epoch milliseconds. */
    record StoredId(EventId id, long at) {}

    /** The last row whose ids are in a new filter. */
    record FilterPosition(long run, long first) {
        static final FilterPosition START = new FilterPosition(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Returns the ids that are in no run yet, only in their events' rows, with the times of their events. */
    IdMap unflushed() throws SQLException {
        IdMap ids = new IdMap();
        try (Statement statement = find.getConnection().createStatement();
                ResultSet event = statement.executeQuery(UNFLUSHED)) {
            while (event.next()) {
                ids.put(EventId.of(event.getString(1), event.getString(2)), event.getLong(3));
            }
        }
        return ids;
    }

    /** Whether a run has an id whose event was accepted after a time. */
    boolean contains(EventId id, long since) throws SQLException {
        find.setLong(1, id.first());
        find.setLong(2, since);
        try (ResultSet run = find.executeQuery()) {
            while (run.next()) {
                if (contains(ids(run, 1), id, since)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean contains(ByteBuffer ids, EventId id, long since) {
        while (ids.hasRemaining()) {
            boolean isEqual = ids.getLong() == id.first() & ids.getLong() == id.rest();
            if (ids.getLong() > since && isEqual) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer ids(ResultSet row, int column) throws SQLException {
        byte[] ids = row.getBytes(column);
        return ByteBuffer.wrap(ids == null ? new byte[0] : ids);
    }

    /**
     * Adds the next few thousand ids to a filter. Returns the new position; it is the same one if there are no more
     * ids.
     */
    FilterPosition addNext(FilterPosition from, IdFilter filter) throws SQLException {
        FilterPosition to = from;
        next.setLong(1, from.run());
        next.setLong(2, from.first());
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                to = new FilterPosition(row.getLong(1), row.getLong(2));
                for (ByteBuffer ids = ids(row, 3); ids.hasRemaining(); ids.getLong()) {
                    filter.add(new EventId(ids.getLong(), ids.getLong()));
                }
            }
        }
        return to;
    }

    /** Writes one id into the run of single ids. */
    void addSingle(StoredId stored) throws SQLException {
        addSingle.setLong(1, stored.id().first());
        addSingle.setBytes(
                2,
                ByteBuffer.allocate(RunWriter.BYTES_OF_AN_ID)
                        .putLong(stored.id().first())
                        .putLong(stored.id().rest())
                        .putLong(stored.at())
                        .array());
        addSingle.executeUpdate();
        addSingleRun.setLong(1, stored.at());
        addSingleRun.executeUpdate();
    }

    /** Notes that the ids of all events up to this one are in runs. */
    void markFlushed(long lastSeq) throws SQLException {
        markFlushed.setLong(1, lastSeq);
        markFlushed.executeUpdate();
    }
}
