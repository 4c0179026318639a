package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes, reads and deletes sorted runs of ids, inside the transaction of a group commit. It also reads the ids that only
 * their events' rows hold, because they are not flushed yet.
 */
final class RunTable {

    /** The run of ids that are written one by one. It has a level of its own, so it is never merged. */
    static final int SINGLE_IDS = 0;

    private static final int ENOUGH_TO_MERGE = 8;
    private static final int ROWS_AT_ONCE = 125;

    private static final String FIND =
            """
            SELECT (SELECT ids FROM seen WHERE seen.run = seen_run.run AND first <= ?1 ORDER BY first DESC LIMIT 1)
            FROM seen_run WHERE latest > ?2 ORDER BY run DESC""";

    private static final String MERGEABLE =
            """
            SELECT level, run, latest FROM seen_run WHERE level =
              (SELECT level FROM seen_run WHERE level > %d AND level < ? GROUP BY level HAVING count(*) >= %d
               ORDER BY level LIMIT 1)"""
                    .formatted(SINGLE_IDS, ENOUGH_TO_MERGE);

    private static final String DELETE_SOME = "DELETE FROM seen WHERE run = ?1 AND first <="
            + " (SELECT max(first) FROM (SELECT first FROM seen WHERE run = ?1 ORDER BY first LIMIT " + ROWS_AT_ONCE
            + "))";

    /** The events whose ids are in no run. */
    private static final String UNFLUSHED = " FROM event WHERE upto > (SELECT seq FROM seen_up_to)"
            + " AND seq > (SELECT seq FROM seen_up_to) AND replayed_at IS NULL";

    private final SpoolConnection sql;

    RunTable(SpoolConnection writer) throws SQLException {
        sql = writer;
        sql.update("INSERT INTO seen_up_to SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM seen_up_to)");
    }

    /** An id, and when its event was accepted, in epoch milliseconds. */
    record StoredId(EventId id, long at) {}

    private record IdRun(int level, long number, long latest) {}

    /** The last row whose ids are in a new filter. */
    record FilterPosition(long run, long first) {
        static final FilterPosition START = new FilterPosition(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Returns the ids that are in no run yet, only in their events' rows, with the times of their events. */
    IdMap unflushed() throws SQLException {
        return sql.query("SELECT source, message_id, received_at" + UNFLUSHED, event -> {
            IdMap ids = new IdMap();
            while (event.next()) {
                ids.put(EventId.of(event.getString(1), event.getString(2)), event.getLong(3));
            }
            return ids;
        });
    }

    /** Notes that the ids of all events up to this one are in runs. */
    void markFlushed(long lastSeq) throws SQLException {
        sql.update("UPDATE seen_up_to SET seq = max(seq, ?)", lastSeq);
    }

    /** Whether a run has an id whose event was accepted after a time. */
    boolean contains(EventId id, long since) throws SQLException {
        return sql.query(
                FIND,
                run -> {
                    while (run.next()) {
                        if (contains(ids(run.getBytes(1)), id, since)) {
                            return true;
                        }
                    }
                    return false;
                },
                id.first(),
                since);
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

    private static ByteBuffer ids(byte[] ids) {
        return ByteBuffer.wrap(ids == null ? new byte[0] : ids);
    }

    /**
     * Adds the next few thousand ids to a filter. Returns the new position; it is the same one if there are no more
     * ids.
     */
    FilterPosition addNext(FilterPosition from, IdFilter filter) throws SQLException {
        return sql.query(
                "SELECT run, first, ids FROM seen WHERE (run, first) > (?, ?) ORDER BY run, first LIMIT "
                        + ROWS_AT_ONCE,
                row -> {
                    FilterPosition to = from;
                    while (row.next()) {
                        to = new FilterPosition(row.getLong(1), row.getLong(2));
                        for (ByteBuffer ids = ids(row.getBytes(3)); ids.hasRemaining(); ids.getLong()) {
                            filter.add(new EventId(ids.getLong(), ids.getLong()));
                        }
                    }
                    return to;
                },
                from.run(),
                from.first());
    }

    /** Writes one id into the run of single ids. */
    void addSingle(StoredId stored) throws SQLException {
        byte[] id = ByteBuffer.allocate(RunWriter.BYTES_OF_AN_ID)
                .putLong(stored.id().first())
                .putLong(stored.id().rest())
                .putLong(stored.at())
                .array();
        sql.update(
                "INSERT INTO seen VALUES (" + SINGLE_IDS
                        + ", ?, ?) ON CONFLICT DO UPDATE SET ids = ids || excluded.ids",
                stored.id().first(),
                id);
        sql.update(
                "INSERT INTO seen_run VALUES (" + SINGLE_IDS
                        + ", 0, ?) ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)",
                stored.at());
    }

    /** Begins a run. Returns its number, which is higher than all others. */
    long begin(int level, long latest) throws SQLException {
        return sql.number(
                "INSERT INTO seen_run SELECT coalesce(max(run), " + SINGLE_IDS
                        + ") + 1, ?, ? FROM seen_run RETURNING run",
                level,
                latest);
    }

    /** Adds a row to a run. */
    void add(long run, long first, byte[] ids) throws SQLException {
        sql.update("INSERT INTO seen VALUES (?, ?, ?)", run, first, ids);
    }

    /** The row of a run after the row that begins with {@code first}; empty at the end. */
    ByteBuffer rowAfter(long run, long first) throws SQLException {
        return ids(sql.first(
                "SELECT ids FROM seen WHERE run = ? AND first > ? ORDER BY first LIMIT 1",
                row -> row.getBytes(1),
                run,
                first));
    }

    /**
     * Begins to merge the runs of the lowest level with enough runs; null if no level below {@code below} has enough.
     */
    RunMerge merge(int below) throws SQLException {
        List<IdRun> runs = sql.list(MERGEABLE, row -> new IdRun(row.getInt(1), row.getLong(2), row.getLong(3)), below);
        return runs.isEmpty()
                ? null
                : new RunMerge(
                        this,
                        runs.get(0).level(),
                        runs.stream().map(IdRun::number).toList(),
                        runs.stream().mapToLong(IdRun::latest).max().orElseThrow());
    }

    /** Deletes the rows of a run before the row that begins with {@code first}. */
    void deleteBefore(long run, long first) throws SQLException {
        sql.update("DELETE FROM seen WHERE run = ? AND first < ?", run, first);
    }

    void delete(long run) throws SQLException {
        sql.update("DELETE FROM seen WHERE run = ?", run);
        sql.update("DELETE FROM seen_run WHERE run = ?", run);
    }

    /** Deletes some rows of a run whose ids are all from before {@code since}. Returns whether there is such a run. */
    boolean deleteOld(long since) throws SQLException {
        Long run = sql.first(
                "SELECT run FROM seen_run WHERE latest <= ? ORDER BY run LIMIT 1", row -> row.getLong(1), since);
        if (run == null) {
            return false;
        }
        if (sql.update(DELETE_SOME, run) == 0) {
            delete(run);
        }
        return true;
    }

    /**
     * Counts the events that were accepted in a period, over another connection. It counts their ids, because ids are
     * kept longer than events.
     *
     * @param from epoch milliseconds, no more than 24 h ago: older ids are deleted
     * @param to epoch milliseconds, exclusive
     */
    static long countAccepted(SpoolConnection reader, long from, long to) throws SQLException {
        if (from >= to) {
            return 0;
        }
        return countInRuns(reader, from, to)
                + reader.number("SELECT count(*)" + UNFLUSHED + " AND received_at >= ? AND received_at < ?", from, to);
    }

    private static long countInRuns(SpoolConnection reader, long from, long to) throws SQLException {
        return reader.query("SELECT ids FROM seen", row -> {
            long count = 0;
            while (row.next()) {
                for (ByteBuffer ids = ids(row.getBytes(1)); ids.hasRemaining(); ) {
                    ids.position(ids.position() + 2 * Long.BYTES);
                    long at = ids.getLong();
                    count += at >= from && at < to ? 1 : 0;
                }
            }
            return count;
        });
    }
}
