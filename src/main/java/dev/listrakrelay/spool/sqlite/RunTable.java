package dev.listrakrelay.spool.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes, reads and deletes sorted runs of ids, inside the transaction of a group commit. */
final class RunTable {

    /** The run of ids that are written one by one. It has a level of its own, so it is never merged. */
    static final int SINGLE_IDS = 0;

    private static final int ENOUGH_TO_MERGE = 8;
    private static final int ROWS_AT_ONCE = 125;

    private final PreparedStatement begin;
    private final PreparedStatement store;
    private final PreparedStatement rowAfter;
    private final PreparedStatement mergeable;
    private final PreparedStatement deleteBefore;
    private final PreparedStatement delete;
    private final PreparedStatement deleteRun;
    private final PreparedStatement outdated;
    private final PreparedStatement deleteSome;

    RunTable(Connection writer) throws SQLException {
        begin = writer.prepareStatement("INSERT INTO seen_run SELECT coalesce(max(run), " + SINGLE_IDS
                + ") + 1, ?, ? FROM seen_run RETURNING run");
        store = writer.prepareStatement("INSERT INTO seen VALUES (?, ?, ?)");
        rowAfter = writer.prepareStatement("SELECT ids FROM seen WHERE run = ? AND first > ? ORDER BY first LIMIT 1");
        mergeable = writer.prepareStatement(
                """
                SELECT level, run, latest FROM seen_run WHERE level =
                  (SELECT level FROM seen_run WHERE level > %d AND level < ? GROUP BY level HAVING count(*) >= %d
                   ORDER BY level LIMIT 1)"""
                        .formatted(SINGLE_IDS, ENOUGH_TO_MERGE));
        deleteBefore = writer.prepareStatement("DELETE FROM seen WHERE run = ? AND first < ?");
        delete = writer.prepareStatement("DELETE FROM seen WHERE run = ?");
        deleteRun = writer.prepareStatement("DELETE FROM seen_run WHERE run = ?");
        outdated = writer.prepareStatement("SELECT run FROM seen_run WHERE latest <= ? ORDER BY run LIMIT 1");
        deleteSome = writer.prepareStatement("DELETE FROM seen WHERE run = ?1 AND first <="
                + " (SELECT max(first) FROM (SELECT first FROM seen WHERE run = ?1 ORDER BY first LIMIT " + ROWS_AT_ONCE
                + "))");
    }

    /** Begins a run. Returns its number, which is higher than all others. */
    long begin(int level, long latest) throws SQLException {
        begin.setInt(1, level);
        begin.setLong(2, latest);
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

    /** The row of a run after the row that begins with {@code first}; empty at the end. */
    ByteBuffer rowAfter(long run, long first) throws SQLException {
        rowAfter.setLong(1, run);
        rowAfter.setLong(2, first);
        try (ResultSet row = rowAfter.executeQuery()) {
            return ByteBuffer.wrap(row.next() ? row.getBytes(1) : new byte[0]);
        }
    }

    /**
     * Begins to merge the runs of the lowest level with enough runs; null if no level below {@code below} has enough.
     */
    RunMerge merge(int below) throws SQLException {
        List<Long> runs = new ArrayList<>();
        int level = 0;
        long latest = Long.MIN_VALUE;
        mergeable.setInt(1, below);
        try (ResultSet row = mergeable.executeQuery()) {
            while (row.next()) {
                level = row.getInt(1);
                runs.add(row.getLong(2));
                latest = Math.max(latest, row.getLong(3));
            }
        }
        return runs.isEmpty() ? null : new RunMerge(this, level, runs, latest);
    }

    /** Deletes the rows of a run before the row that begins with {@code first}. */
    void deleteBefore(long run, long first) throws SQLException {
        deleteBefore.setLong(1, run);
        deleteBefore.setLong(2, first);
        deleteBefore.executeUpdate();
    }

    void delete(long run) throws SQLException {
        delete.setLong(1, run);
        delete.executeUpdate();
        deleteRun.setLong(1, run);
        deleteRun.executeUpdate();
    }

    /** Deletes some rows of a run whose ids are all from before {@code since}. Returns whether there is such a run. */
    boolean deleteOld(long since) throws SQLException {
        long run;
        outdated.setLong(1, since);
        try (ResultSet row = outdated.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            run = row.getLong(1);
        }
        deleteSome.setLong(1, run);
        if (deleteSome.executeUpdate() == 0) {
            delete(run);
        }
        return true;
    }
}
