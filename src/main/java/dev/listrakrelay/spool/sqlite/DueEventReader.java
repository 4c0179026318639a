package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import java.util.function.LongPredicate;

/** Reads the due events of a lane: first those that are due again, then the next new ones. */
final class DueEventReader {

    private static final String BLOCK = "SELECT " + EventBlock.COLUMNS + " FROM block WHERE ";

    private final Connection connection;
    private final ForgottenEvents forgotten;

    /** By lane, the events that were read for the last batch and did not leave with it. */
    private final Map<Integer, Map<Long, Event>> stayed = new HashMap<>();

    private PreparedStatement ofSeq;
    private PreparedStatement next;

    DueEventReader(Connection connection, ForgottenEvents forgotten) throws SQLException {
        this.connection = connection;
        this.forgotten = forgotten;
        prepare();
    }

    private void prepare() throws SQLException {
        ofSeq = connection.prepareStatement(BLOCK + EventBlock.OF_SEQ);
        next = connection.prepareStatement(BLOCK + "lane = ? AND last > ? ORDER BY last");
    }

    Connection connection() {
        return connection;
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
        try (PreparedStatement size = connection.prepareStatement(
                        "SELECT " + bytes + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
                ResultSet row = size.executeQuery()) {
            return row.getLong(1);
        }
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
            // the driver has closed the statements, and other lanes use them too
            prepare();
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
        next.setInt(1, progress.lane());
        next.setLong(2, progress.head());
        try (ResultSet row = next.executeQuery()) {
            while (due.size() < max && bytes < Lane.MOST_BATCH_BYTES && row.next()) {
                for (Event event : read(row, seq -> seq > progress.head())) {
                    if (due.size() < max && bytes < Lane.MOST_BATCH_BYTES) {
                        due.add(event);
                        bytes += event.raw().length;
                    }
                }
            }
        }
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
                ofSeq.setLong(1, seq);
                try (ResultSet row = ofSeq.executeQuery()) {
                    while (row.next()) {
                        read(row, wanted::contains).forEach(event -> here.put(event.seq(), event));
                    }
                }
            }
            Event event = here.get(seq);
            if (event != null) {
                due.add(event);
                bytes += event.raw().length;
            }
        }
        return bytes;
    }

    private List<Event> read(ResultSet row, LongPredicate isWanted) throws SQLException {
        List<Event> events = new ArrayList<>();
        for (EventBlock.Stored stored : EventBlock.read(row, isWanted)) {
            events.add(stored.event());
            if (stored.isForgotten()) {
                forgotten.found(stored.seq());
            }
        }
        return events;
    }

    /** The time since which the oldest pending event waits that is not held; empty if there is none. */
    synchronized Optional<Instant> oldest() throws SQLException {
        try (PreparedStatement oldest = connection.prepareStatement(
                        """
                SELECT min(since) FROM (
                  SELECT (SELECT coalesce(replayed_at, received_at) FROM event
                    WHERE lane = l.lane AND last > l.head AND seq > l.head ORDER BY last, seq LIMIT 1) AS since FROM lane l
                  UNION ALL SELECT (SELECT coalesce(replayed_at, received_at) FROM event
                    WHERE upto = (SELECT min(upto) FROM block WHERE upto >= o.seq) AND event.seq = o.seq)
                    FROM (SELECT min(seq) AS seq FROM open WHERE lane >= 0 GROUP BY lane) o)""");
                ResultSet row = oldest.executeQuery()) {
            long at = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
        }
    }
}
