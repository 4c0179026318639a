package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/** Writes events and their outcomes, inside the transaction of a group commit. */
final class EventTable {

    /** In each lane, the first block with an event after the head; of these blocks, the lowest last seq. */
    private static final String FIRST_WAITING =
            "SELECT min((SELECT min(last) FROM block WHERE lane = l.lane AND last > l.head)) FROM lane l";

    private final BlockWriter blocks;
    private final PreparedStatement moveHead;
    private final PreparedStatement reopen;
    private final PreparedStatement close;
    private final DeadLetterTable deadLetters;
    private final PreparedStatement pause;
    private final PreparedStatement trim;
    private final PreparedStatement firstPending;
    private long nextSeq;

    EventTable(Connection writer, DeadLetterTable deadLetters) throws SQLException {
        this.deadLetters = deadLetters;
        blocks = new BlockWriter(writer);
        moveHead = writer.prepareStatement(
                "UPDATE lane SET head = ?, pauses = CASE WHEN ? THEN 0 ELSE pauses END" + " WHERE lane = ?");
        reopen = writer.prepareStatement(
                "INSERT OR REPLACE INTO open (seq, lane, contact, due, attempts)" + " VALUES (?, ?, ?, ?, ?)");
        close = writer.prepareStatement("DELETE FROM open WHERE seq = ?");
        pause = writer.prepareStatement("UPDATE lane SET paused_until = ?, pauses = ? WHERE lane = ?");
        // one upper bound: with several, SQLite would use the first and read all pending blocks
        trim = writer.prepareStatement(
                """
                DELETE FROM block WHERE last IN (
                  SELECT last FROM block
                  WHERE upto <= min(?1, coalesce((%s) - 1, ?1), (SELECT seq FROM seen_up_to))
                    AND NOT EXISTS (SELECT 1 FROM open WHERE seq BETWEEN first AND last)
                    AND NOT EXISTS (SELECT 1 FROM dropped_replay WHERE seq BETWEEN first AND last)
                  ORDER BY upto LIMIT 200)"""
                        .formatted(FIRST_WAITING));
        firstPending = writer.prepareStatement(
                """
                SELECT min(
                  coalesce((SELECT min((SELECT max(first, l.head + 1) FROM block WHERE lane = l.lane AND last > l.head
                    ORDER BY last LIMIT 1)) FROM lane l), ?1),
                  coalesce((SELECT min(seq) FROM open), ?1))""");
        try (Statement statement = writer.createStatement();
                ResultSet last = statement.executeQuery(
                        """
                        SELECT max(seq) FROM (
                          SELECT max(last) AS seq FROM block UNION ALL SELECT max(head) FROM lane
                          UNION ALL SELECT max(seq) FROM dead UNION ALL SELECT max(seq) FROM open)""")) {
            nextSeq = last.getLong(1) + 1;
        }
    }

    /** Adds an event. {@link #writeAdded} writes it, or an earlier call that fills its block. Returns its seq. */
    long add(Event event, int lane) throws SQLException {
        return add(EventBlock.Stored.of(lane, event, null));
    }

    /** Adds the event of a dead letter, or a dropped event, as a new event without a trace. Returns its seq. */
    long replay(Event event, int lane, long now) throws SQLException {
        return add(EventBlock.Stored.of(lane, event.withTraceparent(null), now));
    }

    /** Adds an event with all its columns but the seq. Returns its seq. */
    long add(EventBlock.Stored event) throws SQLException {
        long seq = nextSeq++;
        if (blocks.add(seq, event)) {
            blocks.write(seq);
        }
        return seq;
    }

    /** Writes the added events. Call it before the commit. */
    void writeAdded() throws SQLException {
        blocks.write(lastSeq());
    }

    /** Discards the added events that are not written. */
    void rolledBack() {
        blocks.rolledBack();
    }

    /** The highest seq given so far. */
    long lastSeq() {
        return nextSeq - 1;
    }

    void settle(LaneChange change, long now) throws SQLException {
        moveHead.setLong(1, change.head());
        moveHead.setBoolean(2, change.isDelivery());
        moveHead.setInt(3, change.lane());
        moveHead.executeUpdate();
        for (Map.Entry<Long, LaneProgress.Open> opened : change.opened().entrySet()) {
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
                deadLetters.add(settled.getKey(), why, now);
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

    /** Writes a row with its own values, to find out whether the file can be written. */
    void probe() throws SQLException {
        moveHead.getConnection().createStatement().executeUpdate("UPDATE lane SET lane = lane WHERE lane = 0");
    }

    /** The lowest seq that a pending event may have; the highest long if no event is pending. */
    long firstPending() throws SQLException {
        firstPending.setLong(1, Long.MAX_VALUE);
        try (ResultSet row = firstPending.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** The seq of the oldest stored event; the next seq to give if there is none. */
    long firstSeq() throws SQLException {
        try (Statement statement = trim.getConnection().createStatement();
                ResultSet first = statement.executeQuery("SELECT coalesce(min(first), " + nextSeq + ") FROM block")) {
            return first.getLong(1);
        }
    }

    /** Deletes some blocks of settled events up to seq {@code last}. Returns whether there were any. */
    boolean trim(long last) throws SQLException {
        trim.setLong(1, last);
        return trim.executeUpdate() > 0;
    }
}
