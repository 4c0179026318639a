package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.SQLException;
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

    private static final int DELETED_AT_ONCE = 500;

    private static final String INSERT =
            """
            INSERT OR IGNORE INTO ambiguous (seq, message_id, source, type, name, contact, contact_from, received_at,
              destination, cause, sendings, sent_at, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 'pending')""";

    private final SpoolConnection sql;

    /** The seqs of rows whose events are not settled; after a rollback, some without a row. */
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();

    /** At least the number of rows. */
    private final AtomicLong rows = new AtomicLong();

    AmbiguousTable(SpoolConnection writer) throws SQLException {
        sql = writer;
        rows.set(count(sql));
        pending.addAll(sql.numbers("SELECT seq FROM ambiguous WHERE outcome = 'pending'"));
    }

    /** Returns the seqs of the listed events that are not settled. */
    Set<Long> pending() {
        return Set.copyOf(pending);
    }

    static long count(SpoolConnection connection) throws SQLException {
        return connection.number("SELECT count(*) FROM ambiguous");
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
        EventLookup events = new EventLookup(sql);
        for (long seq : seqs) {
            if (!pending.contains(seq) || !sentAgain(seq, request.sentAt())) {
                add(events.get(seq), request.destination(), request.answer(), request.sentAt());
            }
        }
    }

    private boolean sentAgain(long seq, Instant at) throws SQLException {
        return sql.update(
                        "UPDATE ambiguous SET sendings = sendings + 1, sent_again_at = ? WHERE seq = ?",
                        at.toEpochMilli(),
                        seq)
                > 0;
    }

    private void add(EventBlock.Stored stored, String destination, String cause, Instant at) throws SQLException {
        if (stored == null || stored.isForgotten()) {
            return;
        }
        Event event = stored.event();
        rows.addAndGet(sql.update(
                INSERT,
                event.seq(),
                event.messageId(),
                event.source(),
                event.type(),
                event.name(),
                event.contact(),
                stored.contactFrom(),
                event.receivedAt().toEpochMilli(),
                destination,
                cause,
                at.toEpochMilli()));
        pending.add(event.seq());
    }

    /** Writes that these events had been accepted in part when the relay stopped, unless they have a row. */
    void restarted(List<Long> seqs, String destination, Instant at) throws SQLException {
        EventLookup events = new EventLookup(sql);
        for (long seq : seqs) {
            add(events.get(seq), destination, AmbiguousEvent.RESTART, at);
        }
    }

    /** Writes the outcomes of those events that have a row. */
    void settle(Map<Event, Settlement> settled, long now) throws SQLException {
        if (pending.isEmpty()) {
            return;
        }
        for (Map.Entry<Event, Settlement> one : settled.entrySet()) {
            long seq = one.getKey().seq();
            if (pending.contains(seq) && !(one.getValue() instanceof Settlement.Retry)) {
                sql.update(
                        "UPDATE ambiguous SET outcome = ?, settled_at = ? WHERE seq = ?",
                        one.getValue().outcome(),
                        now,
                        seq);
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
        if (!isEmpty()
                && sql.update(
                                "UPDATE ambiguous SET seq = ?, outcome = 'pending', settled_at = NULL WHERE seq = ?",
                                to,
                                from)
                        > 0) {
            pending.add(to);
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
        int deleted = sql.update(
                "DELETE FROM ambiguous WHERE seq IN"
                        + " (SELECT seq FROM ambiguous WHERE sent_at < ? ORDER BY sent_at LIMIT " + DELETED_AT_ONCE
                        + ")",
                before);
        if (rows.get() > AmbiguousEvents.MOST) {
            // a rolled back transaction or an erasure leaves the number too high
            rows.set(count(sql));
            deleted += sql.update(
                    "DELETE FROM ambiguous WHERE seq IN (SELECT seq FROM ambiguous ORDER BY sent_at LIMIT ?)",
                    Math.max(0, Math.min(DELETED_AT_ONCE, rows.get() - AmbiguousEvents.MOST)));
        }
        return deleted > 0;
    }
}
