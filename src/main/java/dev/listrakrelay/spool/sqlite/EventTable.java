package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Writes events and their outcomes, inside the transaction of a group commit. */
final class EventTable {

    /** In each lane, the first block with an event after the head; of these blocks, the lowest last seq. */
    private static final String FIRST_WAITING =
            "SELECT min((SELECT min(last) FROM block WHERE lane = l.lane AND last > l.head)) FROM lane l";

    /** It has one upper bound: with several, SQLite would use the first and read all pending blocks. */
    private static final String TRIM =
            """
            DELETE FROM block WHERE last IN (
              SELECT last FROM block
              WHERE upto <= min(?1, coalesce((%s) - 1, ?1), (SELECT seq FROM seen_up_to))
                AND NOT EXISTS (SELECT 1 FROM open WHERE seq BETWEEN first AND last)
                AND NOT EXISTS (SELECT 1 FROM dropped_replay WHERE seq BETWEEN first AND last)
              ORDER BY upto LIMIT 200)"""
                    .formatted(FIRST_WAITING);

    private static final String FIRST_PENDING =
            """
            SELECT min(
              coalesce((SELECT min((SELECT max(first, l.head + 1) FROM block WHERE lane = l.lane AND last > l.head
                ORDER BY last LIMIT 1)) FROM lane l), ?1),
              coalesce((SELECT min(seq) FROM open), ?1))""";

    private static final String LAST_SEQ =
            """
            SELECT max(seq) FROM (
              SELECT max(last) AS seq FROM block UNION ALL SELECT max(head) FROM lane
              UNION ALL SELECT max(seq) FROM dead UNION ALL SELECT max(seq) FROM open)""";

    private final SpoolConnection sql;
    private final BlockWriter blocks;
    private final DeadLetterTable deadLetters;
    private long nextSeq;

    EventTable(SpoolConnection writer, DeadLetterTable deadLetters) throws SQLException {
        this.sql = writer;
        this.blocks = new BlockWriter(writer);
        this.deadLetters = deadLetters;
        this.nextSeq = sql.number(LAST_SEQ) + 1;
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
        sql.update(
                "UPDATE lane SET head = ?, pauses = CASE WHEN ? THEN 0 ELSE pauses END WHERE lane = ?",
                change.head(),
                change.isDelivery(),
                change.lane());
        for (Map.Entry<Long, LaneProgress.Open> opened : change.opened().entrySet()) {
            sql.update(
                    "INSERT OR REPLACE INTO open (seq, lane, contact, due, attempts) VALUES (?, ?, ?, ?, ?)",
                    opened.getKey(),
                    change.lane(),
                    opened.getValue().contact(),
                    opened.getValue().due(),
                    opened.getValue().attempts());
        }
        for (Map.Entry<Event, Settlement> settled : change.settled().entrySet()) {
            long seq = settled.getKey().seq();
            if (settled.getValue() instanceof Settlement.Dead why) {
                deadLetters.add(settled.getKey(), why, now);
            }
            if (change.wasOpen().contains(seq) && !(settled.getValue() instanceof Settlement.Retry)) {
                sql.update("DELETE FROM open WHERE seq = ?", seq);
            }
        }
    }

    void pause(int lane, Instant until, int pauses) throws SQLException {
        sql.update("UPDATE lane SET paused_until = ?, pauses = ? WHERE lane = ?", until.toEpochMilli(), pauses, lane);
    }

    /** Writes a row with its own values, to find out whether the file can be written. */
    int probe() throws SQLException {
        return sql.update("UPDATE lane SET lane = lane WHERE lane = 0");
    }

    /** The lowest seq that a pending event may have; the highest long if no event is pending. */
    long firstPending() throws SQLException {
        return sql.number(FIRST_PENDING, Long.MAX_VALUE);
    }

    /** The seq of the oldest stored event; the next seq to give if there is none. */
    long firstSeq() throws SQLException {
        return sql.number("SELECT coalesce(min(first), ?) FROM block", nextSeq);
    }

    /** Begins to read stored events. */
    EventLookup lookup() {
        return new EventLookup(sql);
    }

    /** Deletes some blocks of settled events up to seq {@code last}. Returns whether there were any. */
    boolean trim(long last) throws SQLException {
        return sql.update(TRIM, last) > 0;
    }
}
