package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.lane.EventId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Erases events of a contact and their records, inside the transaction of a group commit. */
final class ErasureTable {

    private static final String PENDING =
            """
            SELECT source, message_id, received_at, seq > (SELECT seq FROM seen_up_to) AS unflushed,
              seq IN (SELECT seq FROM open)
                OR seq > coalesce((SELECT head FROM lane WHERE lane.lane = event.lane), 0) AS pending
            FROM event WHERE upto = (SELECT min(upto) FROM block WHERE upto >= ?1) AND seq = ?1""";

    private static final String BLOCKS =
            "SELECT " + EventBlock.COLUMNS + ", last, upto FROM block WHERE " + EventBlock.OF_SEQ;

    private static final byte[] NOTHING = {'{', '}'};

    private final SpoolConnection sql;

    ErasureTable(SpoolConnection writer) {
        sql = writer;
    }

    /**
     * The facts about an event that are needed to erase it.
     *
     * @param isUnflushed whether no run has its id yet
     */
    record StoredEvent(RunTable.StoredId id, boolean isUnflushed, boolean isPending) {}

    /** Returns an event; null if it does not exist any more. */
    StoredEvent find(long seq) throws SQLException {
        return sql.first(
                PENDING,
                row -> new StoredEvent(
                        new RunTable.StoredId(EventId.of(row.getString(1), row.getString(2)), row.getLong(3)),
                        row.getBoolean(4),
                        row.getBoolean(5)),
                seq);
    }

    /** Erases the content of a pending event. The event itself stays. */
    void blank(long seq) throws SQLException {
        rewrite(seq, event -> Stream.of(blank(event)));
        sql.update("UPDATE open SET contact = ? WHERE seq = ?", EventRow.FORGOTTEN, seq);
        sql.update("UPDATE held SET user_id = NULL, anonymous_id = NULL WHERE seq = ?", seq);
    }

    private static EventBlock.Stored blank(EventBlock.Stored stored) {
        Event event = stored.event();
        Event blank = new Event(
                event.seq(),
                "forgotten-" + event.seq(),
                event.source(),
                event.type(),
                "",
                EventRow.FORGOTTEN,
                Identity.NONE,
                event.receivedAt(),
                event.pendingSince(),
                NOTHING);
        return new EventBlock.Stored(stored.lane(), blank, EventRow.FORGOTTEN, stored.replayedAt());
    }

    void deleteEvent(long seq) throws SQLException {
        rewrite(seq, event -> Stream.empty());
    }

    private void rewrite(long seq, Function<EventBlock.Stored, Stream<EventBlock.Stored>> change) throws SQLException {
        StoredBlock block = sql.query(BLOCKS, row -> blockOf(seq, row), seq);
        if (block != null) {
            sql.update("DELETE FROM block WHERE last = ?", block.last());
            BlockWriter rewritten = new BlockWriter(sql);
            block.events().stream()
                    .flatMap(stored -> stored.seq() == seq ? change.apply(stored) : Stream.of(stored))
                    .forEach(stored -> rewritten.add(stored.seq(), stored));
            rewritten.write(block.upto());
        }
    }

    private record StoredBlock(List<EventBlock.Stored> events, long last, long upto) {}

    private static StoredBlock blockOf(long seq, ResultSet row) throws SQLException {
        while (row.next()) {
            List<EventBlock.Stored> events = EventBlock.read(row, any -> true);
            if (events.stream().anyMatch(stored -> stored.seq() == seq)) {
                return new StoredBlock(events, row.getLong(4), row.getLong(5));
            }
        }
        return null;
    }

    /** Erases from a record of the delivery log whose event it is. A record that was sent meanwhile is ignored. */
    void blankRecord(long id) throws SQLException {
        String record = sql.first("SELECT record FROM delivery_log WHERE id = ?", row -> row.getString(1), id);
        if (record != null) {
            sql.update(
                    "UPDATE delivery_log SET record = ?, contact_hash = '' WHERE id = ?",
                    DeliveryRecord.read(record).forgotten().json(),
                    id);
        }
    }
}
