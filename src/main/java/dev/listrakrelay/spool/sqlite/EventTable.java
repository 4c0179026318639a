package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/** Writes events and what became of them, inside the transaction of a group commit. */
final class EventTable {

    private final PreparedStatement insert;
    private final PreparedStatement moveHead;
    private final PreparedStatement reopen;
    private final PreparedStatement close;
    private final PreparedStatement bury;
    private final PreparedStatement pause;
    private final PreparedStatement trim;
    private long nextSeq;

    EventTable(Connection writer) throws SQLException {
        insert = writer.prepareStatement(
                "INSERT INTO event (seq, lane, message_id, source, type, name, contact, received_at, raw)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        moveHead = writer.prepareStatement(
                "UPDATE lane SET head = ?, pauses = CASE WHEN ? THEN 0 ELSE pauses END" + " WHERE lane = ?");
        reopen = writer.prepareStatement(
                "INSERT OR REPLACE INTO open (seq, lane, contact, due, attempts)" + " VALUES (?, ?, ?, ?, ?)");
        close = writer.prepareStatement("DELETE FROM open WHERE seq = ?");
        bury = writer.prepareStatement(
                "INSERT OR REPLACE INTO dead SELECT seq, message_id, source, type, name, contact,"
                        + " received_at, raw, ?, ?, ? FROM event WHERE seq = ?");
        pause = writer.prepareStatement("UPDATE lane SET paused_until = ?, pauses = ? WHERE lane = ?");
        trim = writer.prepareStatement(
                """
                DELETE FROM event WHERE seq IN (
                  SELECT seq FROM event
                  WHERE seq < coalesce(
                      (SELECT min((SELECT min(seq) FROM event WHERE lane = l.lane AND seq > l.head)) FROM lane l),
                      9223372036854775807)
                    AND seq NOT IN (SELECT seq FROM open)
                    AND seq <= (SELECT seq FROM seen_up_to)
                  ORDER BY seq LIMIT 2000)""");
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
        insert.addBatch();
    }

    void insertAdded() throws SQLException {
        insert.executeBatch();
    }

    void settle(Lane.Change change, long now) throws SQLException {
        boolean delivered = change.settled().values().stream().anyMatch(Settlement.Delivered.class::isInstance);
        moveHead.setLong(1, change.head());
        moveHead.setBoolean(2, delivered);
        moveHead.setInt(3, change.lane());
        moveHead.executeUpdate();
        for (Map.Entry<Long, Lane.Open> opened : change.opened().entrySet()) {
            reopen.setLong(1, opened.getKey());
            reopen.setInt(2, change.lane());
            reopen.setString(3, opened.getValue().contact());
            reopen.setLong(4, opened.getValue().due());
            reopen.setInt(5, opened.getValue().attempts());
            reopen.executeUpdate();
        }
        for (Map.Entry<Event, Settlement> settled : change.settled().entrySet()) {
            long seq = settled.getKey().seq();
            if (settled.getValue() instanceof Settlement.Dead dead) {
                bury(seq, dead, now);
            }
            if (change.wasOpen().contains(seq) && !(settled.getValue() instanceof Settlement.Retry)) {
                close.setLong(1, seq);
                close.executeUpdate();
            }
        }
    }

    private void bury(long seq, Settlement.Dead dead, long now) throws SQLException {
        bury.setString(1, dead.reason());
        bury.setString(2, dead.answer());
        bury.setLong(3, now);
        bury.setLong(4, seq);
        bury.executeUpdate();
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

    /** The last place that was given to an event. */
    long lastSeq() {
        return nextSeq - 1;
    }

    /** Deletes some events that are settled; answers whether there were any. */
    boolean trim() throws SQLException {
        return trim.executeUpdate() > 0;
    }
}
