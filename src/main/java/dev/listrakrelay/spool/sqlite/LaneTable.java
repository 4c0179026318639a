package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads the lanes as they were when the spool was last open, and moves events to new lanes. */
final class LaneTable {

    private static final int SETTLED = -1;

    /** Counts the events after the head. The head may be in the middle of a block. */
    private static final String WAITING =
            """
            SELECT coalesce(sum(CASE WHEN first > head THEN size
              ELSE (SELECT count(*) FROM json_each(block.events) WHERE value ->> 0 > head) END), 0)
            FROM lane JOIN block USING (lane) WHERE lane = ? AND last > head""";

    private final SpoolConnection sql;

    LaneTable(SpoolConnection writer) {
        sql = writer;
    }

    /** Loads all lanes. If their number has changed, it moves pending events to their new lanes first. */
    List<Lane> load(int lanes) throws SQLException {
        if (sql.number("SELECT count(*) FROM lane WHERE lane >= 0") != lanes) {
            layOut(lanes);
        }
        sql.commit();
        List<Lane> loaded = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            loaded.add(lane(lane));
        }
        return List.copyOf(loaded);
    }

    private void layOut(int lanes) throws SQLException {
        layOutBlocks(lanes);
        Map<Long, String> contacts = new HashMap<>();
        sql.forEach(
                "SELECT seq, contact FROM open WHERE lane >= 0", row -> contacts.put(row.getLong(1), row.getString(2)));
        for (Map.Entry<Long, String> open : contacts.entrySet()) {
            sql.update("UPDATE open SET lane = ? WHERE seq = ?", Lane.of(open.getValue(), lanes), open.getKey());
        }
        long head = sql.number("SELECT coalesce(min(head), 0) FROM lane WHERE lane >= 0");
        long last = sql.number("SELECT max((SELECT coalesce(max(head), 0) FROM lane),"
                + " (SELECT coalesce(max(last), 0) FROM block))");
        sql.update("DELETE FROM lane");
        // the new heads may be lower; only the row of the settled events keeps the highest seq
        add(SETTLED, last);
        for (int lane = 0; lane < lanes; lane++) {
            add(lane, head);
        }
    }

    private void add(int lane, long head) throws SQLException {
        sql.update("INSERT INTO lane VALUES (?, ?, 0, 0)", lane, head);
    }

    /** Replaces the blocks that were written together with blocks of the new lanes, which hold the same events. */
    private void layOutBlocks(int lanes) throws SQLException {
        BlockWriter blocks = new BlockWriter(sql);
        LanePositions before = new LanePositions(sql);
        for (long upto = next(0); upto > 0; upto = next(upto)) {
            List<EventBlock.Stored> events = new ArrayList<>();
            sql.forEach(
                    "SELECT " + EventBlock.COLUMNS + " FROM block WHERE upto = ?",
                    row -> events.addAll(EventBlock.read(row, any -> true)),
                    upto);
            sql.update("DELETE FROM block WHERE upto = ?", upto);
            events.sort(Comparator.comparingLong(EventBlock.Stored::seq));
            for (EventBlock.Stored event : events) {
                // those up to the head are settled, or open and found by their seq
                int lane = before.isBehindHead(event) ? Lane.of(event.event().contact(), lanes) : SETTLED;
                blocks.add(event.seq(), event.on(lane));
            }
            blocks.write(upto);
        }
    }

    /** Returns the next {@code upto}; 0 if there is none. */
    private long next(long upto) throws SQLException {
        return sql.number("SELECT min(upto) FROM block WHERE upto > ?", upto);
    }

    private Lane lane(int lane) throws SQLException {
        TreeMap<Long, LaneProgress.Open> open = new TreeMap<>();
        sql.forEach(
                "SELECT seq, contact, due, attempts FROM open WHERE lane = ?",
                row -> open.put(row.getLong(1), new LaneProgress.Open(row.getString(2), row.getLong(3), row.getInt(4))),
                lane);
        long waiting = sql.number(WAITING, lane);
        return sql.query(
                "SELECT head, paused_until, pauses FROM lane WHERE lane = ?",
                row -> new Lane(
                        lane,
                        new LaneProgress(lane, row.getLong(1), open),
                        row.getLong(2),
                        row.getInt(3),
                        waiting + open.size()),
                lane);
    }
}
