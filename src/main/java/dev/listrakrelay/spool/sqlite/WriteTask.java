package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Writes rows in a group commit, and completes its submitter's future when they are on disk. */
final class WriteTask<T> {

    private final SpoolConnection.Sql<T> sql;
    private final Consumer<T> onceCommitted;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private T result;

    WriteTask(SpoolConnection.Sql<T> sql, Consumer<T> onceCommitted) {
        this.sql = sql;
        this.onceCommitted = onceCommitted;
    }

    CompletableFuture<T> done() {
        return done;
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

    void fail(SpoolUnavailable e) {
        done.completeExceptionally(e);
    }
}
