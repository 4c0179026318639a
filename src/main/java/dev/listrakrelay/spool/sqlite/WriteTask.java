package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Writes rows in a group commit, and completes its submitter's future when they are on disk. */
final class WriteTask<T> {
    private final GroupCommit.Sql<T> sql;
    private final Consumer<T> onceWritten;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private T result;

    WriteTask(GroupCommit.Sql<T> sql, Consumer<T> onceWritten) {
        this.sql = sql;
        this.onceWritten = onceWritten;
    }

    CompletableFuture<T> done() {
        return done;
    }

    void apply(Connection connection) throws SQLException {
        result = sql.apply(connection);
    }

    void complete() {
        try {
            onceWritten.accept(result);
            done.complete(result);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    void fail(SpoolUnavailable e) {
        done.completeExceptionally(e);
    }
}
