package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the events that their destination may have twice, over a connection that only reads. */
final class SqliteAmbiguous implements AmbiguousEvents {

    private static final String WHAT = "the ambiguous events";
    private static final String SELECT = "SELECT " + EventRow.COLUMNS.formatted("x''")
            + ", destination, cause, sendings, sent_at, sent_again_at, outcome, settled_at FROM ambiguous";

    private final SpoolConnection reader;
    private final AmbiguousTable table;

    SqliteAmbiguous(SpoolConnection reader, AmbiguousTable table) {
        this.reader = reader;
        this.table = table;
    }

    @Override
    public List<AmbiguousEvent> find(Search search) {
        SearchConditions conditions = SearchConditions.of(search, "sent_at", "outcome");
        return reader.read(WHAT, () -> conditions.newest(search.limit(), reader, SELECT, SqliteAmbiguous::read));
    }

    @Override
    public Optional<AmbiguousEvent> get(long seq) {
        SearchConditions one = SearchConditions.in(List.of(seq));
        return reader.read(WHAT, () -> one.list(reader, SELECT, SqliteAmbiguous::read)).stream()
                .findFirst();
    }

    @Override
    public long count() {
        return table.isEmpty() ? 0 : reader.read(WHAT, () -> AmbiguousTable.count(reader));
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
