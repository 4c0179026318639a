package dev.listrakrelay.spool.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Copies what is committed from the log to its place in the database, beside the writing. SQLite's own way would do so
 * in the middle of a commit, and keep a failed fsync to itself.
 *
 * <p>The log begins anew once all of it is copied and nothing was added meanwhile; so where that hasn't come about for
 * long, the one who writes copies the rest.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final int MOST_PAGES_BEHIND = 4_000;
    private static final int MOST_PAGES_IN_LOG = 16_000;

    private final Connection connection;
    private final String name;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    Checkpoints(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
        this.thread = new Thread(this::run, "checkpoint-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks, after a commit, at how much waits in the log. */
    void committed(Connection writer) throws SQLException {
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
