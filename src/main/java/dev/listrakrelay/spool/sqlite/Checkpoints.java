package dev.listrakrelay.spool.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Copies what is committed from the log to its place in the database, beside the writing. SQLite's own way would do so
 * in the middle of a commit, and keep a failed fsync to itself.
 *
 * <p>The log begins anew once all of it is copied and nothing was added meanwhile; so where that hasn't come about for
 * long, the one who writes copies the rest. Its file keeps its size for the next commits, which is faster; it is emptied
 * where nothing is written for a while, or the disk is short of room.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final int MOST_PAGES_BEHIND = 4_000;
    private static final int MOST_PAGES_IN_LOG = 16_000;
    private static final long SMALL_LOG = 4L * 1024 * 1024;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(3);
    private static final long AFTER_BUSY = TimeUnit.SECONDS.toNanos(1);

    private final Connection connection;
    private final String name;
    private final Path log;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private long committedAt = System.nanoTime();
    private long busyAt = System.nanoTime() - AFTER_BUSY;

    /** @param log the file of the log */
    Checkpoints(Connection connection, String name, Path log) {
        this.connection = connection;
        this.name = name;
        this.log = log;
        this.thread = new Thread(this::run, "checkpoint-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks, after a commit, at how much waits in the log. */
    void committed(Connection writer) throws SQLException {
        committedAt = System.nanoTime();
        try (Statement statement = writer.createStatement();
                ResultSet log = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            int pages = log.getInt(2);
            if (pages >= MOST_PAGES_IN_LOG) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            } else if (pages - log.getInt(3) >= MOST_PAGES_BEHIND && due.availablePermits() == 0) {
                due.release();
            }
        }
    }

    /** Whether nothing was committed for a while, and the log's file takes room for nothing. */
    boolean isIdle() {
        return System.nanoTime() - committedAt >= IDLE && isWorthEmptying();
    }

    private boolean isWorthEmptying() {
        return log.toFile().length() > SMALL_LOG && System.nanoTime() - busyAt >= AFTER_BUSY;
    }

    /**
     * Copies all of the log and gives its room back to the disk, if it is much; tries again later where someone reads an
     * older state. Call it between transactions of the one who writes.
     */
    void emptyLog(Connection writer) throws SQLException {
        if (!isWorthEmptying()) {
            return;
        }
        try (Statement statement = writer.createStatement()) {
            // those who append wait meanwhile
            statement.execute("PRAGMA busy_timeout=100");
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                busyAt = row.getBoolean(1) ? System.nanoTime() : busyAt;
            }
            statement.execute("PRAGMA busy_timeout=" + SqliteDatabase.BUSY_MILLIS);
        }
    }

    private void run() {
        try (connection;
                Statement statement = connection.createStatement()) {
            due.acquire();
            while (!closed) {
                checkpoint(statement);
                due.acquire();
            }
        } catch (InterruptedException | SQLException e) {
            closed = true;
        }
    }

    private void checkpoint(Statement statement) {
        try {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            FailedFsync.endProcess(name, e);
            LOG.warnf("spool %s: the log can't be copied into the database for now, %s", name, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        due.release();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
