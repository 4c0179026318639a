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
 * Copies committed pages from the write-ahead log into the database, on a thread of its own. SQLite itself would do so
 * during a commit, and would hide a failed fsync.
 *
 * <p>SQLite begins to overwrite the log when all of it is copied and no commit came meanwhile. If that doesn't happen
 * for a long time, the thread that writes copies the rest. The log's file keeps its size, because that makes commits
 * faster. It is emptied when nothing was written for some seconds, or when the disk is short of space.
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

    /** @param log the log's file */
    Checkpoints(Connection connection, String name, Path log) {
        this.connection = connection;
        this.name = name;
        this.log = log;
        this.thread = new Thread(this::run, "checkpoint-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a copy if the log has become long. Call it after each commit. */
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

    /** Whether nothing was committed for 3 seconds, and the log's file uses space that nothing needs. */
    boolean isIdle() {
        return System.nanoTime() - committedAt >= IDLE && isWorthEmptying();
    }

    private boolean isWorthEmptying() {
        return log.toFile().length() > SMALL_LOG && System.nanoTime() - busyAt >= AFTER_BUSY;
    }

    /**
     * Copies all of the log and truncates its file, if it is large. If a reader still uses an older state, a later call
     * tries again. Call it between transactions.
     */
    void emptyLog(Connection writer) throws SQLException {
        if (!isWorthEmptying()) {
            return;
        }
        try (Statement statement = writer.createStatement()) {
            // appends wait meanwhile
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
            LOG.warnf("spool %s: can't copy the write-ahead log into the database now, %s", name, e.getMessage());
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
