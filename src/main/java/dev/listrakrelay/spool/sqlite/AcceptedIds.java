package dev.listrakrelay.spool.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;

/**
 * Counts the events that were accepted in a period. It counts their ids, because ids are kept longer than events: in
 * the runs, and in the rows of the newest events.
 */
final class AcceptedIds {

    /** The bytes of an id in a run before its time: the two halves of the id. */
    private static final int BYTES_BEFORE_TIME = 2 * Long.BYTES;

    private static final String WITH_EVENTS_ALONE =
            """
            SELECT count(*) FROM event WHERE upto > (SELECT seq FROM seen_up_to) AND seq > (SELECT seq FROM seen_up_to)
              AND replayed_at IS NULL AND received_at >= ? AND received_at < ?""";

    private AcceptedIds() {}

    /**
     * @param from epoch milliseconds, no more than 24 h ago: older ids are deleted
     * @param to epoch milliseconds, exclusive
     */
    static long count(SpoolConnection reader, long from, long to) throws SQLException {
        return from >= to ? 0 : inRuns(reader, from, to) + reader.number(WITH_EVENTS_ALONE, from, to);
    }

    private static long inRuns(SpoolConnection reader, long from, long to) throws SQLException {
        return reader.query("SELECT ids FROM seen", row -> {
            long count = 0;
            while (row.next()) {
                ByteBuffer ids = ByteBuffer.wrap(row.getBytes(1));
                while (ids.hasRemaining()) {
                    long at = ids.position(ids.position() + BYTES_BEFORE_TIME).getLong();
                    count += at >= from && at < to ? 1 : 0;
                }
            }
            return count;
        });
    }
}
