package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the due events of a lane: first those that are due again, then the next new ones. */
final class DueEventReader {

    private static final String NEXT =
            "SELECT " + EventBlock.COLUMNS + " FROM block WHERE lane = ? AND last > ? ORDER BY last";

    private static final String OLDEST =
            """
            SELECT min(since) FROM (
              SELECT (SELECT coalesce(replayed_at, received_at) FROM event
                WHERE lane = l.lane AND last > l.head AND seq > l.head ORDER BY last, seq LIMIT 1) AS since FROM lane l
              UNION ALL SELECT (SELECT coalesce(replayed_at, received_at) FROM event
                WHERE upto = (SELECT min(upto) FROM block WHERE upto >= o.seq) AND event.seq = o.seq)
                FROM (SELECT min(seq) AS seq FROM open WHERE lane >= 0 GROUP BY lane) o)""";

    private final SpoolConnection connection;
    private final ForgottenEvents forgotten;

    /** By lane, the events that were read for the last batch and did not leave with it. */
    private final Map<Integer, Map<Long, Event>> stayed = new HashMap<>();

    DueEventReader(SpoolConnection connection, ForgottenEvents forgotten) {
        this.connection = connection;
        this.forgotten = forgotten;
    }

    /** The bytes of the file's pages that are in use. */
    synchronized long bytes() throws SQLException {
        return count("(page_count - freelist_count) * page_size");
    }

    /** The bytes of the file's free pages. */
    synchronized long reusableBytes() throws SQLException {
        return count("freelist_count * page_size");
    }

    private long count(String bytes) throws SQLException {
        return connection.number(
                "SELECT " + bytes + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
    }

    /**
     * Claims those of the next {@code max} due events that may leave together. If an event can't be read, it claims
     * from the events before it, and the next call fails.
     */
    synchronized List<Event> read(Lane lane, int max, long now) throws SQLException {
        List<Event> due = new ArrayList<>();
        try {
            read(lane.ledger(), max, now, due);
        } catch (SQLException e) {
            if (due.isEmpty()) {
                throw e;
            }
        }
        List<Event> claimed = lane.claim(due, now);
        stayed.put(lane.number(), left(due, claimed));
        return claimed;
    }

    private static Map<Long, Event> left(List<Event> due, List<Event> claimed) {
        Map<Long, Event> left = new HashMap<>();
        if (claimed.size() < due.size()) {
            due.forEach(event -> left.put(event.seq(), event));
            claimed.forEach(event -> left.remove(event.seq()));
        }
        return left;
    }

    private void read(LaneProgress progress, int max, long now, List<Event> due) throws SQLException {
        long bytes = readOpen(progress.lane(), progress.dueAgain(max, now), due);
        if (!progress.takesNew() || due.size() >= max) {
            return;
        }
        connection.query(
                NEXT, blocks -> readNew(blocks, progress.head(), max, bytes, due), progress.lane(), progress.head());
    }

    private long readNew(ResultSet blocks, long head, int max, long bytesBefore, List<Event> due) throws SQLException {
        long bytes = bytesBefore;
        while (due.size() < max && bytes < Lane.MOST_BATCH_BYTES && blocks.next()) {
            for (Event event : events(EventBlock.read(blocks, seq -> seq > head))) {
                if (due.size() < max && bytes < Lane.MOST_BATCH_BYTES) {
                    due.add(event);
                    bytes += event.raw().length;
                }
            }
        }
        return bytes;
    }

    /** Reads open events. Returns the bytes of their payloads. */
    private long readOpen(int lane, List<Long> seqs, List<Event> due) throws SQLException {
        Map<Long, Event> here = stayed.computeIfAbsent(lane, none -> new HashMap<>());
        Set<Long> wanted = new HashSet<>(seqs);
        long bytes = 0;
        for (long seq : seqs) {
            if (bytes >= Lane.MOST_BATCH_BYTES) {
                return bytes;
            }
            if (!here.containsKey(seq)) {
                events(EventBlock.of(connection, seq, wanted::contains)).forEach(event -> here.put(event.seq(), event));
            }
            Event event = here.get(seq);
            if (event != null) {
                due.add(event);
                bytes += event.raw().length;
            }
        }
        return bytes;
    }

    private List<Event> events(List<EventBlock.Stored> read) {
        List<Event> events = new ArrayList<>();
        for (EventBlock.Stored stored : read) {
            events.add(stored.event());
            if (stored.isForgotten()) {
                forgotten.found(stored.seq());
            }
        }
        return events;
    }

    /** The time since which the oldest pending event waits that is not held; empty if there is none. */
    synchronized Optional<Instant> oldest() {
        return connection.read(
                "the file",
                () -> connection.query(OLDEST, row -> {
                    long at = row.getLong(1);
                    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
                }));
    }
}
