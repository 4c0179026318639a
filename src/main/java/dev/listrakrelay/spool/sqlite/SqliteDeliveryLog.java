package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out the records of the delivery log from a table of the spool's file, and deletes the sent ones. */
final class SqliteDeliveryLog implements DeliveryLog {

    private final Connection reader;
    private final GroupCommit commits;
    private final SpoolTables tables;
    private final AtomicLong sent = new AtomicLong();

    /** @param reader a connection that only reads */
    SqliteDeliveryLog(Connection reader, GroupCommit commits, SpoolTables tables) {
        this.reader = reader;
        this.commits = commits;
        this.tables = tables;
    }

    /** Reads something from the file. */
    private interface Query<T> {
        T read(Connection reader) throws SQLException;
    }

    @Override
    public List<UnsentRecord> next(int max) {
        return read(connection -> DeliveryLogTable.first(connection, max));
    }

    @Override
    public CompletionStage<Void> remove(List<UnsentRecord> records) {
        long last = records.stream().mapToLong(UnsentRecord::id).max().orElse(0);
        return commits.submit(
                        connection -> tables.deliveryLog().deleteTo(last), count -> sent.addAndGet(records.size()))
                .thenApply(count -> null);
    }

    @Override
    public long unsent() {
        return read(DeliveryLogTable::count);
    }

    @Override
    public Optional<Instant> oldestUnsent() {
        return read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT settled_at FROM delivery_log ORDER BY id LIMIT 1")) {
                return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
            }
        });
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public long lost() {
        return tables.unsentLimit().lost();
    }

    private <T> T read(Query<T> query) {
        synchronized (reader) {
            try {
                return query.read(reader);
            } catch (SQLException e) {
                throw new SpoolUnavailable("spool: can't read the file, " + e.getMessage(), e);
            }
        }
    }
}
