package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out the records of the delivery log from a table of the spool's file, and deletes the sent ones. */
final class SqliteDeliveryLog implements DeliveryLog {

    private final SpoolConnection reader;
    private final GroupCommit commits;
    private final DeliveryLogTable table;
    private final AtomicLong sent = new AtomicLong();

    /** @param reader a connection that only reads */
    SqliteDeliveryLog(SpoolConnection reader, GroupCommit commits, DeliveryLogTable table) {
        this.reader = reader;
        this.commits = commits;
        this.table = table;
    }

    @Override
    public List<UnsentRecord> next(int max) {
        return read(() -> DeliveryLogTable.first(reader, max));
    }

    @Override
    public CompletionStage<Void> remove(List<UnsentRecord> records) {
        long last = records.stream().mapToLong(UnsentRecord::id).max().orElse(0);
        return commits.submit(() -> table.deleteTo(last), count -> sent.addAndGet(records.size()))
                .thenApply(count -> null);
    }

    @Override
    public long unsent() {
        return read(() -> DeliveryLogTable.count(reader));
    }

    @Override
    public Optional<Instant> oldestUnsent() {
        return Optional.ofNullable(read(() -> reader.first(
                "SELECT settled_at FROM delivery_log ORDER BY id LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)))));
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public long lost() {
        return table.lost();
    }

    private <T> T read(SpoolConnection.Sql<T> sql) {
        return reader.read("the file", sql);
    }
}
