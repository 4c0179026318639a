package dev.listrakrelay.spool.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes, reads and deletes runs, inside the transaction of a group commit. */
final class RunTable {

    /** When the latest id of a run came that doesn't count: it is being written, or was merged into another. */
    static final long NEVER = Long.MIN_VALUE;

    /** The number of no run. */
    static final long NONE = -1;

    private static final int ENOUGH_TO_MERGE = 8;
    private static final int ROWS_AT_ONCE = 125;

    private final PreparedStatement begin;
    private final PreparedStatement store;
    private final PreparedStatement count;
    private final PreparedStatement rowAfter;
    private final PreparedStatement mergeable;
    private final PreparedStatement outdated;
    private final PreparedStatement forget;
    private final PreparedStatement forgetRun;

    RunTable(Connection writer) throws SQLException {
        begin = writer.prepareStatement("INSERT INTO seen_run SELECT coalesce(max(run), " + SeenTable.ODD_ONES
                + ") + 1, ?, " + NEVER + " FROM seen_run RETURNING run");
        store = writer.prepareStatement("INSERT INTO seen VALUES (?, ?, ?)");
        count = writer.prepareStatement("UPDATE seen_run SET latest = ? WHERE run = ?");
        rowAfter = writer.prepareStatement("SELECT ids FROM seen WHERE run = ? AND first > ? ORDER BY first LIMIT 1");
        mergeable = writer.prepareStatement(
                """
                SELECT level, run FROM seen_run WHERE latest > %1$d AND level =
                  (SELECT level FROM seen_run WHERE latest > %1$d AND level > 0 GROUP BY level HAVING count(*) >= %2$d
                   ORDER BY level LIMIT 1)"""
                        .formatted(NEVER, ENOUGH_TO_MERGE));
        outdated = writer.prepareStatement("SELECT run FROM seen_run WHERE latest <= ? ORDER BY run LIMIT 1");
        forget = writer.prepareStatement("DELETE FROM seen WHERE run = ?1 AND first <="
                + " (SELECT max(first) FROM (SELECT first FROM seen WHERE run = ?1 ORDER BY first LIMIT " + ROWS_AT_ONCE
                + "))");
        forgetRun = writer.prepareStatement("DELETE FROM seen_run WHERE run = ?");
    }

    /** Begins a run and answers its number, higher than any other; it doesn't count yet. */
    long begin(int level) throws SQLException {
        begin.setInt(1, level);
        try (ResultSet row = begin.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Adds a row to those that {@link #storeAdded} writes. */
    void add(long run, long first, byte[] ids) throws SQLException {
        store.setLong(1, run);
        store.setLong(2, first);
        store.setBytes(3, ids);
        store.addBatch();
    }

    void storeAdded() throws SQLException {
        store.executeBatch();
    }

    /** @param latest when the latest of its ids came: it counts until none of them does; or {@link #NEVER} */
    void count(long run, long latest) throws SQLException {
        count.setLong(1, latest);
        count.setLong(2, run);
        count.executeUpdate();
    }

    /** The row of a run behind that which begins so; empty at the end. */
    ByteBuffer rowAfter(long run, long first) throws SQLException {
        rowAfter.setLong(1, run);
        rowAfter.setLong(2, first);
        try (ResultSet row = rowAfter.executeQuery()) {
            return ByteBuffer.wrap(row.next() ? row.getBytes(1) : new byte[0]);
        }
    }

    /** Begins to merge the runs of a level where there are enough; null where there is none. */
    RunMerge merge() throws SQLException {
        List<Long> runs = new ArrayList<>();
        int level = 0;
        try (ResultSet row = mergeable.executeQuery()) {
            while (row.next()) {
                level = row.getInt(1);
                runs.add(row.getLong(2));
            }
        }
        return runs.isEmpty() ? null : new RunMerge(this, level, runs);
    }

    /** Deletes some rows of a run of which no id came after {@code since}; answers whether there is one. */
    boolean forget(long since) throws SQLException {
        long run;
        outdated.setLong(1, since);
        try (ResultSet row = outdated.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            run = row.getLong(1);
        }
        forget.setLong(1, run);
        if (forget.executeUpdate() == 0) {
            forgetRun.setLong(1, run);
            forgetRun.executeUpdate();
        }
        return true;
    }
}
