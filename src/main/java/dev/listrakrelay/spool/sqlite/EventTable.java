package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/** Writes events and what became of them, inside the transaction of a group commit. */
final class EventTable {

    /** Of each lane the first event behind its head, and of these the first. */
    private static final String FIRST_WAITING =
            "SELECT min((SELECT min(seq) FROM event WHERE lane = l.lane AND seq > l.head)) FROM lane l";

    private final PreparedStatement insert;
    private final PreparedStatement moveHead;
    private final PreparedStatement reopen;
    private final PreparedStatement close;
    private final PreparedStatement replay;
    private final DeadTable dead;
    private final PreparedStatement pause;
    private final PreparedStatement trim;
    private final PreparedStatement firstPending;
    private long nextSeq;

    EventTable(Connection writer, DeadTable dead) throws SQLException {
        this.dead = dead;
        insert = writer.prepareStatement(
                "INSERT INTO event (seq, lane, message_id, source, type, name, contact, received_at, raw,"
                        + " contact_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        moveHead = writer.prepareStatement(
                "UPDATE lane SET head = ?, pauses = CASE WHEN ? THEN 0 ELSE pauses END" + " WHERE lane = ?");
        reopen = writer.prepareStatement(
                "INSERT OR REPLACE INTO open (seq, lane, contact, due, attempts)" + " VALUES (?, ?, ?, ?, ?)");
        close = writer.prepareStatement("DELETE FROM open WHERE seq = ?");
        replay = writer.prepareStatement(
                """
                INSERT INTO event (seq, lane, message_id, source, type, name, contact, received_at, raw, contact_from,
                  replayed_at)
                SELECT ?1, ?2, message_id, source, type, name, contact, received_at, raw, contact_from, ?3 FROM dead WHERE seq = ?4""");
        pause = writer.prepareStatement("UPDATE lane SET paused_until = ?, pauses = ? WHERE lane = ?");
        // one bound, for SQLite goes by the first of several and would read all that waits between them
        trim = writer.prepareStatement(
                """
                DELETE FROM event WHERE seq IN (
                  SELECT seq FROM event
                  WHERE seq <= min(?1, coalesce((%s) - 1, ?1), (SELECT seq FROM seen_up_to))
                    AND seq NOT IN (SELECT seq FROM open)
                  ORDER BY seq LIMIT 2000)"""
                        .formatted(FIRST_WAITING));
        firstPending = writer.prepareStatement(
                "SELECT min(coalesce((%s), ?1), coalesce((SELECT min(seq) FROM open), ?1))".formatted(FIRST_WAITING));
        try (Statement statement = writer.createStatement();
                ResultSet last = statement.executeQuery(
                        """
                        SELECT max(seq) FROM (
                          SELECT max(seq) AS seq FROM event UNION ALL SELECT max(head) FROM lane
                          UNION ALL SELECT max(seq) FROM dead UNION ALL SELECT max(seq) FROM open)""")) {
            nextSeq = last.getLong(1) + 1;
        }
    }

    /** Adds an event to those that {@link #insertAdded} writes. */
    void add(Event event, int lane) throws SQLException {
        insert.setLong(1, nextSeq++);
        insert.setInt(2, lane);
        insert.setString(3, event.messageId());
        insert.setString(4, event.source());
        insert.setString(5, event.type());
        insert.setString(6, event.name());
        insert.setString(7, event.contact());
        insert.setLong(8, event.receivedAt().toEpochMilli());
        insert.setBytes(9, event.raw());
        insert.setString(10, event.identity().isLearned() ? EventRow.LEARNED : null);
        insert.addBatch();
    }

    void insertAdded() throws SQLException {
        insert.executeBatch();
    }

    /** Puts a dead letter at the end as a new event; answers its seq. */
    long replay(long letter, int lane, long now) throws SQLException {
        replay.setLong(1, nextSeq);
        replay.setInt(2, lane);
        replay.setLong(3, now);
        replay.setLong(4, letter);
        replay.executeUpdate();
        return nextSeq++;
    }

    /** The last seq that was given. */
    long lastSeq() {
        return nextSeq - 1;
    }

    void settle(LaneChange change, long now) throws SQLException {
        moveHead.setLong(1, change.head());
        moveHead.setBoolean(2, change.isDelivery());
        moveHead.setInt(3, change.lane());
        moveHead.executeUpdate();
        for (Map.Entry<Long, LaneLedger.Open> opened : change.opened().entrySet()) {
            reopen.setLong(1, opened.getKey());
            reopen.setInt(2, change.lane());
            reopen.setString(3, opened.getValue().contact());
            reopen.setLong(4, opened.getValue().due());
            reopen.setInt(5, opened.getValue().attempts());
            reopen.executeUpdate();
        }
        for (Map.Entry<Event, Settlement> settled : change.settled().entrySet()) {
            long seq = settled.getKey().seq();
            if (settled.getValue() instanceof Settlement.Dead why) {
                dead.bury(seq, why, now);
            }
            if (change.wasOpen().contains(seq) && !(settled.getValue() instanceof Settlement.Retry)) {
                close.setLong(1, seq);
                close.executeUpdate();
            }
        }
    }

    void pause(int lane, Instant until, int pauses) throws SQLException {
        pause.setLong(1, until.toEpochMilli());
        pause.setInt(2, pauses);
        pause.setInt(3, lane);
        pause.executeUpdate();
    }

    /** Writes what is there already, to see whether it can be written. */
    void probe() throws SQLException {
        moveHead.getConnection().createStatement().executeUpdate("UPDATE lane SET lane = lane WHERE lane = 0");
    }

    /** The first event that is not settled; beyond all others if there is none. */
    long firstPending() throws SQLException {
        firstPending.setLong(1, Long.MAX_VALUE);
        try (ResultSet row = firstPending.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** The first event there is; the next one that comes if there is none. */
    long firstSeq() throws SQLException {
        try (Statement statement = trim.getConnection().createStatement();
                ResultSet first = statement.executeQuery("SELECT coalesce(min(seq), " + nextSeq + ") FROM event")) {
            return first.getLong(1);
        }
    }

    /** Deletes some events up to {@code last} that are settled; answers whether there were any. */
    boolean trim(long last) throws SQLException {
        trim.setLong(1, last);
        return trim.executeUpdate() > 0;
    }
}
