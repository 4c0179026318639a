package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes all waiting tasks to disk in one transaction with one fsync, on one thread.
 *
 * <p>A submitter gets its answer only after the commit and its fsync (guarantees, Delivery 1).
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    private static final int MOST_IN_A_GROUP = 256;
    private static final long TIDY_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Connection connection;
    private final BlockingQueue<WriteTask<?>> waiting = new LinkedBlockingQueue<>();
    private final Owner owner;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;
    private boolean failedBefore;
    private long tidied = System.nanoTime() - TIDY_EVERY;

    /** A piece of writing that shares its transaction with others. */
    interface Sql<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** Whose writing this is. */
    interface Owner {
        /** Makes use of a moment in which nothing waits; answers whether it wrote anything. */
        boolean tidy(Connection connection) throws SQLException;

        /** Adds to what is about to be committed. */
        default void committing() throws SQLException {}

        /** Updates what is in memory: everything written since the last commit is on disk. */
        default void committed() {}

        /** What was written since the last time is undone, because of this failure. */
        default void undone(Throwable cause) {}

        /** Moves what is committed to its place once it is much; SQLite's own way keeps a failed fsync to itself. */
        default void checkpoint(Connection connection) throws SQLException {}

        /** Makes new statements: after a full disk or a failed write the driver has closed the ones in use. */
        default void prepareAnew(Connection connection) throws SQLException {}
    }

    GroupCommit(String name, Connection connection, Owner owner) {
        this.name = name;
        this.connection = connection;
        this.owner = owner;
        this.thread = new Thread(this::run, "spool-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes it in one transaction with whatever else waits.
     *
     * @param onceWritten what to do, in the order written, as soon as it is on disk
     */
    <T> CompletableFuture<T> submit(Sql<T> sql, Consumer<T> onceWritten) {
        WriteTask<T> work = new WriteTask<>(sql, onceWritten);
        waiting.add(work);
        if (ended) {
            refuseWaiting();
        }
        return work.done();
    }

    private void run() {
        List<WriteTask<?>> group = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                WriteTask<?> first = waiting.isEmpty() ? tidyThenWait() : waiting.poll();
                if (first == null) {
                    continue;
                }
                group.add(first);
                waiting.drainTo(group, MOST_IN_A_GROUP - 1);
                write(group);
            } catch (InterruptedException e) {
                closed = true;
            } finally {
                group.clear();
            }
        }
        ended = true;
        refuseWaiting();
    }

    private void refuseWaiting() {
        for (WriteTask<?> work = waiting.poll(); work != null; work = waiting.poll()) {
            work.fail(new SpoolUnavailable("spool " + name + ": closed", null));
        }
    }

    private void prepare() throws SQLException {
        if (failedBefore) {
            owner.prepareAnew(connection);
            failedBefore = false;
        }
    }

    private WriteTask<?> tidyThenWait() throws InterruptedException {
        try {
            if (System.nanoTime() - tidied >= TIDY_EVERY) {
                prepare();
                if (owner.tidy(connection)) {
                    connection.commit();
                    owner.committed();
                    owner.checkpoint(connection);
                    return null;
                }
                tidied = System.nanoTime();
            }
        } catch (SQLException | RuntimeException e) {
            tidied = System.nanoTime();
            undo(e);
        }
        return waiting.poll(200, TimeUnit.MILLISECONDS);
    }

    private void write(List<WriteTask<?>> group) {
        try {
            prepare();
            for (WriteTask<?> work : group) {
                work.apply(connection);
            }
            owner.committing();
            connection.commit();
            owner.committed();
        } catch (SQLException | RuntimeException | Error e) {
            undo(e);
            SpoolUnavailable unavailable =
                    new SpoolUnavailable("spool " + name + ": not written, " + e.getMessage(), e);
            group.forEach(work -> work.fail(unavailable));
            return;
        }
        group.forEach(WriteTask::complete);
        try {
            owner.checkpoint(connection);
        } catch (SQLException e) {
            undo(e);
        }
    }

    private void undo(Throwable cause) {
        owner.undone(cause);
        FailedFsync.endProcess(name, cause);
        failedBefore = true;
        try {
            connection.rollback();
        } catch (SQLException alreadyRolledBack) {
            LOG.debugf("spool %s: %s", name, alreadyRolledBack.getMessage());
            begin();
        }
    }

    /** After SQLite rolls back by itself, the driver would write outside of any transaction. */
    private void begin() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
        } catch (SQLException alreadyBegun) {
            LOG.debugf("spool %s: %s", name, alreadyBegun.getMessage());
        }
    }

    /** Writes the tasks that wait, then ends the thread. */
    @Override
    public void close() {
        closed = true;
        waiting.add(new WriteTask<>(connection -> null, nothing -> {}));
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
