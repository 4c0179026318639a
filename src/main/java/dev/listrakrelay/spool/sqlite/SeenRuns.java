package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the runs of ids that came, inside the transaction of a group commit. */
final class SeenRuns {

    /** When the latest id of a run came that doesn't count: it is being written, or was merged into another. */
    static final long NEVER = Long.MIN_VALUE;

    /** The number of no run. */
    static final long NONE = -1;

    private static final int ENOUGH_TO_MERGE = 8;
    private static final int ROWS_AT_ONCE = 125;

    /** The run of ids that came one by one; it is merged with no other. */
    private static final int ODD_ONES = 0;

    private final PreparedStatement find;
    private final PreparedStatement begin;
    private final PreparedStatement store;
    private final PreparedStatement count;
    private final PreparedStatement keep;
    private final PreparedStatement keepRun;
    private final PreparedStatement rowAfter;
    private final PreparedStatement next;
    private final PreparedStatement mergeable;
    private final PreparedStatement outdated;
    private final PreparedStatement forget;
    private final PreparedStatement forgetRun;

    SeenRuns(Connection writer) throws SQLException {
        find = writer.prepareStatement(
                """
                SELECT (SELECT ids FROM seen WHERE seen.run = seen_run.run AND first <= ?1 ORDER BY first DESC LIMIT 1)
                FROM seen_run WHERE latest > ?2 ORDER BY run DESC""");
        begin = writer.prepareStatement("INSERT INTO seen_run SELECT coalesce(max(run), " + ODD_ONES + ") + 1, ?, "
                + NEVER + " FROM seen_run RETURNING run");
        store = writer.prepareStatement("INSERT INTO seen VALUES (?, ?, ?)");
        count = writer.prepareStatement("UPDATE seen_run SET latest = ? WHERE run = ?");
        keep = writer.prepareStatement(
                "INSERT INTO seen VALUES (" + ODD_ONES + ", ?, ?) ON CONFLICT DO UPDATE SET ids = ids || excluded.ids");
        keepRun = writer.prepareStatement("INSERT INTO seen_run VALUES (" + ODD_ONES
                + ", 0, ?) ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)");
        rowAfter = writer.prepareStatement("SELECT ids FROM seen WHERE run = ? AND first > ? ORDER BY first LIMIT 1");
        next = writer.prepareStatement("SELECT run, first, ids FROM seen WHERE (run, first) > (?, ?)"
                + " ORDER BY run, first LIMIT " + ROWS_AT_ONCE);
        mergeable = writer.prepareStatement(
                """
                SELECT level, run FROM seen_run WHERE latest > %1$d AND level =
                  (SELECT level FROM seen_run WHERE latest > %1$d AND level > 0 GROUP BY level HAVING count(*) >= %2$d
                   ORDER BY level LIMIT 1)"""
                        .formatted(NEVER, ENOUGH_TO_MERGE));
        outdated = writer.prepareStatement("SELECT run FROM seen_run WHERE latest <= ? ORDER BY run LIMIT 1");
        forget = writer.prepareStatement("DELETE FROM seen WHERE run = ?1 AND first <="
                + " (SELECT max(first) FROM (SELECT first FROM seen WHERE run = ?1 ORDER BY first LIMIT " + ROWS_AT_ONCE
                + "))");
        forgetRun = writer.prepareStatement("DELETE FROM seen_run WHERE run = ?");
    }

    /** An id and when it came, in epoch milliseconds. */
    record Seen(EventId id, long at) {}

    /** Where a look through all ids has come to. */
    record Place(long run, long first) {
        static final Place START = new Place(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Whether an id came after that. */
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

    /** Begins a run and answers its number, higher than any other; it doesn't count yet. */
    long begin(int level) throws SQLException {
        begin.setInt(1, level);
        try (ResultSet row = begin.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Adds a row to those that {@link #storeAdded} writes. */
    void add(long run, long first, byte[] ids) throws SQLException {
        store.setLong(1, run);
        store.setLong(2, first);
        store.setBytes(3, ids);
        store.addBatch();
    }

    void storeAdded() throws SQLException {
        store.executeBatch();
    }

    /** @param latest when the latest of its ids came: it counts until none of them does; or {@link #NEVER} */
    void count(long run, long latest) throws SQLException {
        count.setLong(1, latest);
        count.setLong(2, run);
        count.executeUpdate();
    }

    /** Writes one id, which counts at once. */
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

    /** The row of a run behind that which begins so; empty at the end. */
    ByteBuffer rowAfter(long run, long first) throws SQLException {
        rowAfter.setLong(1, run);
        rowAfter.setLong(2, first);
        try (ResultSet row = rowAfter.executeQuery()) {
            return row.next() ? ids(row, 1) : ByteBuffer.allocate(0);
        }
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

    /** Begins to merge the runs of a level where there are enough; null where there is none. */
    RunMerge merge() throws SQLException {
        List<Long> runs = new ArrayList<>();
        int level = 0;
        try (ResultSet row = mergeable.executeQuery()) {
            while (row.next()) {
                level = row.getInt(1);
                runs.add(row.getLong(2));
            }
        }
        return runs.isEmpty() ? null : new RunMerge(this, level, runs);
    }

    /** Deletes some rows of a run of which no id came after {@code since}; answers whether there is one. */
    boolean forget(long since) throws SQLException {
        long run;
        outdated.setLong(1, since);
        try (ResultSet row = outdated.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            run = row.getLong(1);
        }
        forget.setLong(1, run);
        if (forget.executeUpdate() == 0) {
            forgetRun.setLong(1, run);
            forgetRun.executeUpdate();
        }
        return true;
    }
}
