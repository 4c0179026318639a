package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.lane.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Erases rows of a contact, inside the transaction of a group commit. SQLite overwrites their bytes with zeros. */
final class ErasureTable implements AutoCloseable {

    private static final String PENDING =
            """
            SELECT source, message_id, received_at, seq > (SELECT seq FROM seen_up_to) AS unflushed,
              seq IN (SELECT seq FROM open)
                OR seq > coalesce((SELECT head FROM lane WHERE lane.lane = event.lane), 0) AS pending
            FROM event WHERE upto = (SELECT min(upto) FROM block WHERE upto >= ?1) AND seq = ?1""";

    private static final String BLOCKS =
            "SELECT " + EventBlock.COLUMNS + ", last, upto FROM block WHERE " + EventBlock.OF_SEQ;

    private static final byte[] NOTHING = {'{', '}'};

    private final Statement pragma;
    private final PreparedStatement find;
    private final PreparedStatement blocks;
    private final PreparedStatement deleteBlock;
    private final PreparedStatement blankOpen;
    private final PreparedStatement blankHeld;
    private final BlockWriter rewritten;
    private final PreparedStatement deleteDeadLetter;
    private final PreparedStatement deleteReplay;
    private final PreparedStatement deleteDroppedReplay;
    private final PreparedStatement blankRecord;
    private final int secureDelete;

    ErasureTable(Connection writer) throws SQLException {
        pragma = writer.createStatement();
        try (ResultSet row = pragma.executeQuery("PRAGMA secure_delete")) {
            secureDelete = row.getInt(1);
        }
        pragma.execute("PRAGMA secure_delete=ON");
        find = writer.prepareStatement(PENDING);
        blocks = writer.prepareStatement(BLOCKS);
        deleteBlock = writer.prepareStatement("DELETE FROM block WHERE last = ?");
        blankOpen = writer.prepareStatement("UPDATE open SET contact = ?1 WHERE seq = ?2");
        blankHeld = writer.prepareStatement("UPDATE held SET user_id = NULL, anonymous_id = NULL WHERE seq = ?");
        deleteDeadLetter = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        deleteReplay = writer.prepareStatement("DELETE FROM replay WHERE seq = ?");
        deleteDroppedReplay = writer.prepareStatement("DELETE FROM dropped_replay WHERE seq = ?");
        blankRecord = writer.prepareStatement("UPDATE delivery_log SET record = ?, contact_hash = '' WHERE id = ?");
        rewritten = new BlockWriter(writer);
    }

    /**
     * The facts about an event that are needed to erase it.
     *
     * @param isUnflushed whether no run has its id yet
     */
    record StoredEvent(DedupeTable.StoredId id, boolean isUnflushed, boolean isPending) {}

    /** Returns an event; null if it does not exist any more. */
    StoredEvent find(long seq) throws SQLException {
        find.setLong(1, seq);
        try (ResultSet row = find.executeQuery()) {
            return row.next()
                    ? new StoredEvent(
                            new DedupeTable.StoredId(EventId.of(row.getString(1), row.getString(2)), row.getLong(3)),
                            row.getBoolean(4),
                            row.getBoolean(5))
                    : null;
        }
    }

    /** Erases the content of a pending event. The event itself stays. */
    void blank(long seq) throws SQLException {
        rewrite(seq, event -> Stream.of(blank(event)));
        blankOpen.setString(1, EventRow.FORGOTTEN);
        blankOpen.setLong(2, seq);
        blankOpen.executeUpdate();
        blankHeld.setLong(1, seq);
        blankHeld.executeUpdate();
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
        blocks.setLong(1, seq);
        try (ResultSet row = blocks.executeQuery()) {
            while (row.next()) {
                List<EventBlock.Stored> events = EventBlock.read(row, any -> true);
                if (events.stream().anyMatch(stored -> stored.seq() == seq)) {
                    long upto = row.getLong(5);
                    delete(deleteBlock, row.getLong(4));
                    events.stream()
                            .flatMap(stored -> stored.seq() == seq ? change.apply(stored) : Stream.of(stored))
                            .forEach(stored -> rewritten.add(stored.seq(), stored));
                    rewritten.write(upto);
                    return;
                }
            }
        }
    }

    boolean deleteDeadLetter(long seq) throws SQLException {
        return delete(deleteDeadLetter, seq);
    }

    void deleteReplay(long seq) throws SQLException {
        delete(deleteReplay, seq);
        delete(deleteDroppedReplay, seq);
    }

    private static boolean delete(PreparedStatement statement, long seq) throws SQLException {
        statement.setLong(1, seq);
        return statement.executeUpdate() > 0;
    }

    /**
     * Erases the answer of a dead letter, because the answer names the contact. The dead letter is another contact's.
     */
    void blankAnswer(long seq) throws SQLException {
        pragma.executeUpdate("UPDATE dead SET answer = '' WHERE seq = " + seq);
    }

    /** Deletes the entry of an event that its destination may have twice. */
    void deleteAmbiguous(long seq) throws SQLException {
        pragma.executeUpdate("DELETE FROM ambiguous WHERE seq = " + seq);
    }

    /** Erases the reason of a step. */
    void blankReason(long step) throws SQLException {
        pragma.executeUpdate("UPDATE history SET reason = '' WHERE id = " + step);
    }

    /** Erases from a record of the delivery log whose event it is. A record that was sent meanwhile is ignored. */
    void blankRecord(long id) throws SQLException {
        try (ResultSet row = pragma.executeQuery("SELECT record FROM delivery_log WHERE id = " + id)) {
            if (row.next()) {
                blankRecord.setString(
                        1, DeliveryRecord.read(row.getString(1)).forgotten().json());
                blankRecord.setLong(2, id);
                blankRecord.executeUpdate();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (pragma;
                find;
                blocks;
                deleteBlock;
                rewritten;
                blankOpen;
                blankHeld;
                deleteDeadLetter;
                deleteReplay;
                deleteDroppedReplay;
                blankRecord) {
            pragma.execute("PRAGMA secure_delete=" + (secureDelete == 2 ? "FAST" : secureDelete));
        }
    }
}
