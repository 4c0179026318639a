package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes which events their destination may have twice, inside the transactions of a group commit. An event has a row
 * from its first ambiguous request on. So a spool without such requests does no work for it.
 */
final class AmbiguousTable {

    /** Creates the table in an existing file, too. An older release ignores it. */
    static final String[] TABLE = {
        """
        CREATE TABLE IF NOT EXISTS ambiguous (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
          contact TEXT NOT NULL, contact_from TEXT, received_at INTEGER NOT NULL, destination TEXT NOT NULL,
          cause TEXT NOT NULL, sendings INTEGER NOT NULL, sent_at INTEGER NOT NULL, sent_again_at INTEGER,
          outcome TEXT NOT NULL, settled_at INTEGER)""",
        "CREATE INDEX IF NOT EXISTS ambiguous_sent_at ON ambiguous (sent_at)"
    };

    private static final int DELETED_AT_ONCE = 500;
    private static final String OLDEST = " ORDER BY sent_at LIMIT ?)";

    private final EventLookup events;
    private final PreparedStatement insert;
    private final PreparedStatement sentAgain;
    private final PreparedStatement settle;
    private final PreparedStatement replayed;
    private final PreparedStatement deleteOld;
    private final PreparedStatement deleteOldest;

    /** The seqs of rows whose events are not settled; after a rollback, some without a row. */
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();

    /** At least the number of rows. */
    private final AtomicLong rows = new AtomicLong();

    private final Statement statement;

    AmbiguousTable(Connection writer) throws SQLException {
        events = new EventLookup(writer);
        insert = writer.prepareStatement(
                """
                INSERT OR IGNORE INTO ambiguous (seq, message_id, source, type, name, contact, contact_from, received_at,
                  destination, cause, sendings, sent_at, outcome)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, '%s')"""
                        .formatted(AmbiguousEvent.PENDING));
        sentAgain = writer.prepareStatement(
                "UPDATE ambiguous SET sendings = sendings + 1, sent_again_at = ? WHERE seq = ?");
        settle = writer.prepareStatement("UPDATE ambiguous SET outcome = ?, settled_at = ? WHERE seq = ?");
        replayed = writer.prepareStatement("UPDATE ambiguous SET seq = ?, outcome = '" + AmbiguousEvent.PENDING
                + "', settled_at = NULL WHERE seq = ?");
        deleteOld = writer.prepareStatement(
                "DELETE FROM ambiguous WHERE seq IN (SELECT seq FROM ambiguous WHERE sent_at < ?" + OLDEST);
        deleteOldest =
                writer.prepareStatement("DELETE FROM ambiguous WHERE seq IN (SELECT seq FROM ambiguous" + OLDEST);
        statement = writer.createStatement();
        rows.set(count(statement));
        try (ResultSet row =
                statement.executeQuery("SELECT seq FROM ambiguous WHERE outcome = '" + AmbiguousEvent.PENDING + "'")) {
            while (row.next()) {
                pending.add(row.getLong(1));
            }
        }
    }

    /** Returns the seqs of the listed events that are not settled. */
    Set<Long> pending() {
        return Set.copyOf(pending);
    }

    static long count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ambiguous")) {
            return row.getLong(1);
        }
    }

    /** Writes that a request was sent with these events. */
    void sent(SentRequest request, Collection<Long> seqs) throws SQLException {
        if (request.isAmbiguous()) {
            add(request, seqs);
        } else if (!pending.isEmpty() && request.mayBeAccepted()) {
            for (long seq : seqs) {
                if (pending.contains(seq)) {
                    sentAgain(seq, request.sentAt());
                }
            }
        }
    }

    private void add(SentRequest request, Collection<Long> seqs) throws SQLException {
        for (long seq : seqs) {
            if (!pending.contains(seq) || !sentAgain(seq, request.sentAt())) {
                add(seq, request.destination(), request.answer(), request.sentAt());
            }
        }
        events.doneReading();
    }

    private boolean sentAgain(long seq, Instant at) throws SQLException {
        sentAgain.setLong(1, at.toEpochMilli());
        sentAgain.setLong(2, seq);
        return sentAgain.executeUpdate() > 0;
    }

    private void add(long seq, String destination, String cause, Instant at) throws SQLException {
        EventBlock.Stored stored = events.get(seq);
        if (stored == null || stored.isForgotten()) {
            return;
        }
        Event event = stored.event();
        insert.setLong(1, seq);
        insert.setString(2, event.messageId());
        insert.setString(3, event.source());
        insert.setString(4, event.type());
        insert.setString(5, event.name());
        insert.setString(6, event.contact());
        insert.setString(7, stored.contactFrom());
        insert.setLong(8, event.receivedAt().toEpochMilli());
        insert.setString(9, destination);
        insert.setString(10, cause);
        insert.setLong(11, at.toEpochMilli());
        rows.addAndGet(insert.executeUpdate());
        pending.add(seq);
    }

    /** Writes that these events had been accepted in part when the relay stopped, unless they have a row. */
    void restarted(List<Long> seqs, String destination, Instant at) throws SQLException {
        for (long seq : seqs) {
            add(seq, destination, AmbiguousEvent.RESTART, at);
        }
        events.doneReading();
    }

    /** Writes the outcomes of those events that have a row. */
    void settle(Map<Event, Settlement> settled, long now) throws SQLException {
        if (pending.isEmpty()) {
            return;
        }
        for (Map.Entry<Event, Settlement> one : settled.entrySet()) {
            long seq = one.getKey().seq();
            if (pending.contains(seq) && !(one.getValue() instanceof Settlement.Retry)) {
                settle.setString(1, one.getValue().outcome());
                settle.setLong(2, now);
                settle.setLong(3, seq);
                settle.executeUpdate();
            }
        }
    }

    /** Call it when the outcomes are on disk. */
    void settled(LaneChange change) {
        if (!pending.isEmpty()) {
            change.done().forEach(pending::remove);
        }
    }

    /** Moves the row of a replayed event to the seq that it has now. */
    void replayed(long from, long to) throws SQLException {
        if (!isEmpty()) {
            replayed.setLong(1, to);
            replayed.setLong(2, from);
            if (replayed.executeUpdate() > 0) {
                pending.add(to);
            }
        }
    }

    boolean isEmpty() {
        return rows.get() == 0;
    }

    /** Deletes some rows from before a time, or the oldest ones if there are too many. Returns whether there were any. */
    boolean deleteOld(long before) throws SQLException {
        if (isEmpty()) {
            return false;
        }
        deleteOld.setLong(1, before);
        deleteOld.setInt(2, DELETED_AT_ONCE);
        int deleted = deleteOld.executeUpdate();
        if (rows.get() > AmbiguousEvents.MOST) {
            // a rolled back transaction or an erasure leaves the number too high
            rows.set(count(statement));
            deleteOldest.setLong(1, Math.max(0, Math.min(DELETED_AT_ONCE, rows.get() - AmbiguousEvents.MOST)));
            deleted += deleteOldest.executeUpdate();
        }
        return deleted > 0;
    }
}
