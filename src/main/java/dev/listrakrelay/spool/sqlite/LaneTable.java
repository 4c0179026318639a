package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;

/** Brings the lanes back as they were when the spool was last open. */
final class LaneTable {

    private static final int SETTLED = -1;

    private final Connection writer;

    LaneTable(Connection writer) {
        this.writer = writer;
    }

    /** Lays what is pending on its new lanes where their number has changed since the last time. */
    void layOut(int lanes) throws SQLException {
        if (number("SELECT count(*) FROM lane WHERE lane <> " + SETTLED) != lanes) {
            try (Statement statement = writer.createStatement()) {
                statement.executeUpdate("UPDATE event SET lane = " + SETTLED + " WHERE seq IN (SELECT seq FROM open)"
                        + " OR seq <= (SELECT head FROM lane WHERE lane.lane = event.lane)");
                spread(
                        "SELECT seq, contact FROM event WHERE lane <> " + SETTLED,
                        "UPDATE event SET lane = ? WHERE seq = ?",
                        lanes);
                spread("SELECT seq, contact FROM open", "UPDATE open SET lane = ? WHERE seq = ?", lanes);
                long head = number("SELECT coalesce(min(head), 0) FROM lane WHERE lane <> " + SETTLED);
                long last = number("SELECT max((SELECT coalesce(max(head), 0) FROM lane),"
                        + " (SELECT coalesce(max(seq), 0) FROM event))");
                statement.executeUpdate("DELETE FROM lane");
                // heads may go back; that lane of the settled alone remembers how far seq was given
                statement.executeUpdate("INSERT INTO lane VALUES (" + SETTLED + ", " + last + ", 0, 0)");
                for (int lane = 0; lane < lanes; lane++) {
                    statement.executeUpdate("INSERT INTO lane VALUES (" + lane + ", " + head + ", 0, 0)");
                }
            }
        }
        writer.commit();
    }

    private void spread(String pending, String move, int lanes) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(pending);
                PreparedStatement update = writer.prepareStatement(move)) {
            while (row.next()) {
                update.setInt(1, Lane.of(row.getString(2), lanes));
                update.setLong(2, row.getLong(1));
                update.executeUpdate();
            }
        }
    }

    Lane load(int lane) throws SQLException {
        TreeMap<Long, LaneLedger.Open> open = new TreeMap<>();
        try (Statement statement = writer.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT seq, contact, due, attempts FROM open WHERE lane = " + lane)) {
                while (row.next()) {
                    open.put(row.getLong(1), new LaneLedger.Open(row.getString(2), row.getLong(3), row.getInt(4)));
                }
            }
            long waiting = number("SELECT count(*) FROM event WHERE lane = " + lane
                    + " AND seq > (SELECT head FROM lane WHERE lane = " + lane + ")");
            try (ResultSet row =
                    statement.executeQuery("SELECT head, paused_until, pauses FROM lane WHERE lane = " + lane)) {
                LaneLedger ledger = new LaneLedger(lane, row.getLong(1), open);
                return new Lane(lane, ledger, row.getLong(2), row.getInt(3), waiting + open.size());
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
