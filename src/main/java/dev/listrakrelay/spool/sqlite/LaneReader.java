package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the due events of a lane: first those that are due again, then the next new ones. */
final class LaneReader {

    private static final String COLUMNS = "SELECT " + EventRow.COLUMNS.formatted("raw") + ", replayed_at FROM event ";

    private final Connection connection;
    private PreparedStatement one;
    private PreparedStatement next;

    private final ForgottenEvents forgotten;

    LaneReader(Connection connection, ForgottenEvents forgotten) throws SQLException {
        this.connection = connection;
        this.forgotten = forgotten;
        prepare();
    }

    private void prepare() throws SQLException {
        one = connection.prepareStatement(COLUMNS + "WHERE seq = ?");
        next = connection.prepareStatement(COLUMNS + "WHERE lane = ? AND seq > ? ORDER BY seq LIMIT ?");
    }

    Connection connection() {
        return connection;
    }

    /** How many bytes the spool's file holds; pages that are free again don't count. */
    synchronized long bytes() throws SQLException {
        try (PreparedStatement size = connection.prepareStatement("SELECT (page_count - freelist_count) * page_size"
                        + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
                ResultSet row = size.executeQuery()) {
            return row.getLong(1);
        }
    }

    /**
     * Claims what may leave together of the next {@code max} due events. Where one can't be read, that is of those before
     * it, and the next call fails.
     */
    synchronized List<Event> read(Lane lane, int max, long now) throws SQLException {
        List<Event> due = new ArrayList<>();
        try {
            read(lane.ledger(), max, now, due);
        } catch (SQLException e) {
            // the driver has closed those in use, and other lanes read with them too
            prepare();
            if (due.isEmpty()) {
                throw e;
            }
        }
        return lane.claim(due, now);
    }

    private void read(LaneLedger ledger, int max, long now, List<Event> due) throws SQLException {
        long bytes = 0;
        for (long seq : ledger.dueAgain(max, now)) {
            one.setLong(1, seq);
            try (ResultSet row = one.executeQuery()) {
                if (bytes < Lane.MOST_BATCH_BYTES && row.next()) {
                    due.add(event(row));
                    bytes += due.get(due.size() - 1).raw().length;
                }
            }
        }
        if (!ledger.takesNew() || due.size() >= max) {
            return;
        }
        next.setInt(1, ledger.lane());
        next.setLong(2, ledger.head());
        next.setInt(3, max - due.size());
        try (ResultSet row = next.executeQuery()) {
            while (bytes < Lane.MOST_BATCH_BYTES && row.next()) {
                due.add(event(row));
                bytes += due.get(due.size() - 1).raw().length;
            }
        }
    }

    /** Since when the oldest pending event of these lanes waits. */
    synchronized Optional<Instant> oldest() throws SQLException {
        try (PreparedStatement oldest = connection.prepareStatement(
                        """
                SELECT min(since) FROM (
                  SELECT (SELECT coalesce(replayed_at, received_at) FROM event
                    WHERE lane = l.lane AND seq > l.head ORDER BY seq LIMIT 1) AS since FROM lane l
                  UNION ALL SELECT coalesce(replayed_at, received_at) FROM event
                    WHERE seq IN (SELECT seq FROM open))""");
                ResultSet row = oldest.executeQuery()) {
            long at = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
        }
    }

    private Event event(ResultSet row) throws SQLException {
        if (EventRow.FORGOTTEN.equals(row.getString(9))) {
            forgotten.found(row.getLong(1));
        }
        Instant receivedAt = Instant.ofEpochMilli(row.getLong(7));
        long replayedAt = row.getLong(10);
        return EventRow.read(row, receivedAt, replayedAt == 0 ? receivedAt : Instant.ofEpochMilli(replayedAt));
    }
}
