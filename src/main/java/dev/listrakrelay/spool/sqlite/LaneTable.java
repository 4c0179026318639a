package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Loads the lanes as they were when the spool was last open. */
final class LaneTable {

    private static final int SETTLED = -1;

    /** Counts the events after the head. The head may be in the middle of a block. */
    private static final String WAITING =
            """
            SELECT coalesce(sum(CASE WHEN first > head THEN size
              ELSE (SELECT count(*) FROM json_each(block.events) WHERE value ->> 0 > head) END), 0)
            FROM lane JOIN block USING (lane) WHERE lane = %d AND last > head""";

    private final Connection writer;

    LaneTable(Connection writer) {
        this.writer = writer;
    }

    /** Loads all lanes. If their number has changed, it moves pending events to their new lanes first. */
    List<Lane> load(int lanes) throws SQLException {
        layOut(lanes);
        List<Lane> loaded = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            loaded.add(lane(lane));
        }
        return List.copyOf(loaded);
    }

    private void layOut(int lanes) throws SQLException {
        if (number("SELECT count(*) FROM lane WHERE lane >= 0") != lanes) {
            try (Statement statement = writer.createStatement()) {
                new BlockLayout(writer).layOut(lanes, SETTLED);
                spreadOpen(lanes);
                long head = number("SELECT coalesce(min(head), 0) FROM lane WHERE lane >= 0");
                long last = number("SELECT max((SELECT coalesce(max(head), 0) FROM lane),"
                        + " (SELECT coalesce(max(last), 0) FROM block))");
                statement.executeUpdate("DELETE FROM lane");
                // the new heads may be lower; only the row of the settled events keeps the highest seq
                statement.executeUpdate("INSERT INTO lane VALUES (" + SETTLED + ", " + last + ", 0, 0)");
                for (int lane = 0; lane < lanes; lane++) {
                    statement.executeUpdate("INSERT INTO lane VALUES (" + lane + ", " + head + ", 0, 0)");
                }
            }
        }
        writer.commit();
    }

    private void spreadOpen(int lanes) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq, contact FROM open WHERE lane >= 0");
                PreparedStatement update = writer.prepareStatement("UPDATE open SET lane = ? WHERE seq = ?")) {
            while (row.next()) {
                update.setInt(1, Lane.of(row.getString(2), lanes));
                update.setLong(2, row.getLong(1));
                update.executeUpdate();
            }
        }
    }

    private Lane lane(int lane) throws SQLException {
        TreeMap<Long, LaneProgress.Open> open = new TreeMap<>();
        try (Statement statement = writer.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT seq, contact, due, attempts FROM open WHERE lane = " + lane)) {
                while (row.next()) {
                    open.put(row.getLong(1), new LaneProgress.Open(row.getString(2), row.getLong(3), row.getInt(4)));
                }
            }
            long waiting = number(WAITING.formatted(lane));
            try (ResultSet row =
                    statement.executeQuery("SELECT head, paused_until, pauses FROM lane WHERE lane = " + lane)) {
                LaneProgress progress = new LaneProgress(lane, row.getLong(1), open);
                return new Lane(lane, progress, row.getLong(2), row.getInt(3), waiting + open.size());
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }
}
