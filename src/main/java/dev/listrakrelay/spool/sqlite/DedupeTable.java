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

    private static final String WITH_EVENTS_ALONE = "SELECT source, message_id, received_at FROM event WHERE upto >"
            + " (SELECT seq FROM seen_up_to) AND seq > (SELECT seq FROM seen_up_to) AND replayed_at IS NULL";

    private final PreparedStatement find;
    private final PreparedStatement next;
    private final PreparedStatement keep;
    private final PreparedStatement keepRun;
    private final PreparedStatement mark;

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
        keep = writer.prepareStatement("INSERT INTO seen VALUES (" + RunTable.ODD_ONES
                + ", ?, ?) ON CONFLICT DO UPDATE SET ids = ids || excluded.ids");
        keepRun = writer.prepareStatement("INSERT INTO seen_run VALUES (" + RunTable.ODD_ONES
                + ", 0, ?) ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)");
        mark = writer.prepareStatement("UPDATE seen_up_to SET seq = max(seq, ?)");
    }

    /** An id and when it came, in epoch milliseconds. */
    record Seen(EventId id, long at) {}

    /** Where a look through all ids has come to. */
    record Place(long run, long first) {
        static final Place START = new Place(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** The ids that are on disk with their events alone, and when these came. */
    IdMap withEventsAlone() throws SQLException {
        IdMap ids = new IdMap();
        try (Statement statement = find.getConnection().createStatement();
                ResultSet event = statement.executeQuery(WITH_EVENTS_ALONE)) {
            while (event.next()) {
                ids.put(EventId.of(event.getString(1), event.getString(2)), event.getLong(3));
            }
        }
        return ids;
    }

    /** Whether an id in a run came after that. */
    boolean holds(EventId id, long since) throws SQLException {
        find.setLong(1, id.first());
        find.setLong(2, since);
        try (ResultSet run = find.executeQuery()) {
            while (run.next()) {
                if (holds(ids(run, 1), id, since)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean holds(ByteBuffer ids, EventId id, long since) {
        while (ids.hasRemaining()) {
            boolean isIt = ids.getLong() == id.first() & ids.getLong() == id.rest();
            if (ids.getLong() > since && isIt) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer ids(ResultSet row, int column) throws SQLException {
        byte[] ids = row.getBytes(column);
        return ByteBuffer.wrap(ids == null ? new byte[0] : ids);
    }

    /** Adds the next ids to a filter, some thousand of them; answers where it has come to, the same at the end. */
    Place addNext(Place place, IdFilter filter) throws SQLException {
        Place to = place;
        next.setLong(1, place.run());
        next.setLong(2, place.first());
        try (ResultSet row = next.executeQuery()) {
            while (row.next()) {
                to = new Place(row.getLong(1), row.getLong(2));
                for (ByteBuffer ids = ids(row, 3); ids.hasRemaining(); ids.getLong()) {
                    filter.add(new EventId(ids.getLong(), ids.getLong()));
                }
            }
        }
        return to;
    }

    /** Writes one id into the run of odd ones. */
    void keep(Seen seen) throws SQLException {
        keep.setLong(1, seen.id().first());
        keep.setBytes(
                2,
                ByteBuffer.allocate(RunWriter.BYTES_OF_AN_ID)
                        .putLong(seen.id().first())
                        .putLong(seen.id().rest())
                        .putLong(seen.at())
                        .array());
        keep.executeUpdate();
        keepRun.setLong(1, seen.at());
        keepRun.executeUpdate();
    }

    /** Notes that the ids of all events up to this one are in runs. */
    void mark(long lastSeq) throws SQLException {
        mark.setLong(1, lastSeq);
        mark.executeUpdate();
    }
}
