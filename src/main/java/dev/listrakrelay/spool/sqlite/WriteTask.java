package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Writes rows in a group commit, and completes its submitter's future when they are on disk. */
abstract class WriteTask<T> {

    private final CompletableFuture<T> done = new CompletableFuture<>();
    private T result;

    /** Writes the rows, in a transaction that several tasks share. */
    abstract T inTransaction(Connection connection) throws SQLException;

    /** Updates the state in memory, once the rows are on disk. The tasks of a transaction do so in their order. */
    abstract void onceCommitted(T written);

    final CompletableFuture<T> done() {
        return done;
    }

    final void apply(Connection connection) throws SQLException {
        result = inTransaction(connection);
    }

    final void complete() {
        try {
            onceCommitted(result);
            done.complete(result);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    final void fail(SpoolUnavailable e) {
        done.completeExceptionally(e);
    }
}
