package dev.listrakrelay.spool.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
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
    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";
    private static final int MOST_PAGES_BEHIND = 4_000;
    private static final int MOST_PAGES_IN_LOG = 16_000;
    private static final long SMALL_LOG = 4L * 1024 * 1024;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(3);
    private static final long AFTER_BUSY = TimeUnit.SECONDS.toNanos(1);

    private final SpoolConnection connection;
    private final String name;
    private final Path log;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private long committedAt = System.nanoTime();
    private long busyAt = System.nanoTime() - AFTER_BUSY;

    /** @param log the log's file */
    Checkpoints(SpoolConnection connection, String name, Path log) {
        this.connection = connection;
        this.name = name;
        this.log = log;
        this.thread = new Thread(this::run, "checkpoint-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a copy if the log has become long. Call it after each commit. */
    void committed(SpoolConnection writer) throws SQLException {
        committedAt = System.nanoTime();
        Log found = writer.pragma("PRAGMA wal_checkpoint(NOOP)", row -> new Log(row.getInt(2), row.getInt(3)));
        if (found.pages() >= MOST_PAGES_IN_LOG) {
            writer.execute(COPY);
        } else if (found.pages() - found.copied() >= MOST_PAGES_BEHIND && due.availablePermits() == 0) {
            due.release();
        }
    }

    private record Log(int pages, int copied) {}

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
    void emptyLog(SpoolConnection writer) throws SQLException {
        if (!isWorthEmptying()) {
            return;
        }
        // appends wait meanwhile
        writer.execute("PRAGMA busy_timeout=100");
        boolean isBusy = writer.pragma("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getBoolean(1));
        busyAt = isBusy ? System.nanoTime() : busyAt;
        writer.execute("PRAGMA busy_timeout=" + SqliteDatabase.BUSY_MILLIS);
    }

    private void run() {
        try (connection) {
            due.acquire();
            while (!closed) {
                copy();
                due.acquire();
            }
        } catch (InterruptedException | SQLException e) {
            closed = true;
        }
    }

    private void copy() {
        try {
            connection.execute(COPY);
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
