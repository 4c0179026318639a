package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds the events that their destination may have twice, over a connection that only reads. */
final class SqliteAmbiguous implements AmbiguousEvents {

    private static final String SELECT = "SELECT " + EventRow.COLUMNS.formatted("x''")
            + ", destination, cause, sendings, sent_at, sent_again_at, outcome, settled_at FROM ambiguous WHERE ";

    private final Connection reader;
    private final BooleanSupplier isEmpty;

    SqliteAmbiguous(Connection reader, BooleanSupplier isEmpty) {
        this.reader = reader;
        this.isEmpty = isEmpty;
    }

    @Override
    public List<AmbiguousEvent> find(Search search) {
        SearchConditions conditions = SearchConditions.of(
                search, "sent_at", Search.Field.MESSAGE_ID, Search.Field.CONTACT, Search.Field.NAME);
        String outcome = search.where().get(Search.Field.OUTCOME);
        return read(
                outcome == null ? conditions : conditions.and("outcome", outcome),
                " ORDER BY seq DESC LIMIT " + search.limit());
    }

    @Override
    public Optional<AmbiguousEvent> get(long seq) {
        return read(SearchConditions.in(List.of(seq)), "").stream().findFirst();
    }

    @Override
    public long count() {
        if (isEmpty.getAsBoolean()) {
            return 0;
        }
        synchronized (reader) {
            try (Statement statement = reader.createStatement()) {
                return AmbiguousTable.count(statement);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private List<AmbiguousEvent> read(SearchConditions conditions, String order) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(SELECT + conditions.sql() + order)) {
                conditions.bind(select);
                List<AmbiguousEvent> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(read(row));
                    }
                }
                return found;
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private static SpoolUnavailable unreadable(SQLException e) {
        return new SpoolUnavailable("spool: can't read the ambiguous events, " + e.getMessage(), e);
    }

    private static AmbiguousEvent read(ResultSet row) throws SQLException {
        return new AmbiguousEvent(
                EventRow.read(row),
                row.getString("destination"),
                row.getString("cause"),
                Instant.ofEpochMilli(row.getLong("sent_at")),
                time(row, "sent_again_at"),
                row.getInt("sendings"),
                row.getString("outcome"),
                time(row, "settled_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
