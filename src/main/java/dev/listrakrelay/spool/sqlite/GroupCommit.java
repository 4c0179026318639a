package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.SQLException;
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
    private static final long IDLE_WORK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final SpoolConnection connection;
    private final BlockingQueue<WriteTask<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private Hooks hooks;
    private volatile boolean closed;
    private volatile boolean ended;
    private long idleWorkEnded = System.nanoTime() - IDLE_WORK_EVERY;

    /** Further work before and after a commit, on the thread that writes. */
    interface Hooks {
        /** Does a part of the maintenance while no task waits. Returns whether it wrote anything. */
        boolean idle() throws SQLException;

        /** Writes more before the commit. */
        default void committing() throws SQLException {}

        /** Updates the state in memory after a commit. */
        default void committed() {}

        /** Resets the state in memory, because a failure undoes everything that was written since the last commit. */
        default void rolledBack(Throwable cause) {}

        /**
         * Copies committed pages from a long log into the database. SQLite's own checkpoint would hide a failed fsync.
         */
        default void checkpoint() throws SQLException {}
    }

    GroupCommit(String name, SpoolConnection connection) {
        this.name = name;
        this.connection = connection;
        this.thread = new Thread(this::run, "spool-" + name);
        thread.setDaemon(true);
    }

    /** Starts to write. Tasks that are submitted before wait. */
    void start(Hooks work) {
        hooks = work;
        thread.start();
    }

    /**
     * Writes rows in one transaction with all other waiting tasks.
     *
     * @param onceCommitted updates the state in memory, once the rows are on disk. The tasks of a transaction do so in
     *     their order
     */
    <T> CompletableFuture<T> submit(SpoolConnection.Sql<T> sql, Consumer<T> onceCommitted) {
        WriteTask<T> task = new WriteTask<>(sql, onceCommitted);
        waiting.add(task);
        if (ended) {
            refuseWaiting();
        }
        return task.done;
    }

    private void run() {
        List<WriteTask<?>> group = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                WriteTask<?> first = waiting.isEmpty() ? idleThenWait() : waiting.poll();
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
            work.done.completeExceptionally(new SpoolUnavailable("spool " + name + ": closed", null));
        }
    }

    private WriteTask<?> idleThenWait() throws InterruptedException {
        try {
            if (System.nanoTime() - idleWorkEnded >= IDLE_WORK_EVERY) {
                if (hooks.idle()) {
                    connection.commit();
                    hooks.committed();
                    hooks.checkpoint();
                    return null;
                }
                idleWorkEnded = System.nanoTime();
            }
        } catch (SQLException | RuntimeException e) {
            idleWorkEnded = System.nanoTime();
            undo(e);
        }
        return waiting.poll(200, TimeUnit.MILLISECONDS);
    }

    private void write(List<WriteTask<?>> group) {
        try {
            for (WriteTask<?> work : group) {
                work.write();
            }
            hooks.committing();
            connection.commit();
            hooks.committed();
        } catch (SQLException | RuntimeException | Error e) {
            undo(e);
            SpoolUnavailable unavailable =
                    new SpoolUnavailable("spool " + name + ": can't write, " + e.getMessage(), e);
            group.forEach(work -> work.done.completeExceptionally(unavailable));
            return;
        }
        group.forEach(WriteTask::complete);
        try {
            hooks.checkpoint();
        } catch (SQLException e) {
            undo(e);
        }
    }

    private void undo(Throwable cause) {
        hooks.rolledBack(cause);
        FailedFsync.endProcess(name, cause);
        try {
            connection.rollback();
        } catch (SQLException alreadyRolledBack) {
            LOG.debugf("spool %s: %s", name, alreadyRolledBack.getMessage());
            begin();
        }
    }

    /** After SQLite rolls back by itself, the driver would write outside of any transaction. */
    private void begin() {
        try {
            connection.execute("BEGIN");
        } catch (SQLException alreadyBegun) {
            LOG.debugf("spool %s: %s", name, alreadyBegun.getMessage());
        }
    }

    /** Writes the tasks that wait, then ends the thread. */
    @Override
    public void close() {
        closed = true;
        submit(() -> null, nothing -> {});
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rows to write, and the future of their submitter. */
    private static final class WriteTask<T> {

        private final SpoolConnection.Sql<T> sql;
        private final Consumer<T> onceCommitted;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private T result;

        WriteTask(SpoolConnection.Sql<T> sql, Consumer<T> onceCommitted) {
            this.sql = sql;
            this.onceCommitted = onceCommitted;
        }

        void write() throws SQLException {
            result = sql.run();
        }

        void complete() {
            try {
                onceCommitted.accept(result);
                done.complete(result);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }
}
