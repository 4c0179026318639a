package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds dead letters over a connection that only reads, so that no write waits for a search. */
final class SqliteDeadLetters implements DeadLetters {

    private static final Search.Field[] FIELDS = Search.Field.values();

    private static final String FROM_DEAD = " FROM dead WHERE ";
    private static final String COLUMNS = "SELECT " + EventRow.COLUMNS + ", reason, answer, request, attempts, died_at";

    private final Connection reader;
    private final ReplayTask replay;

    SqliteDeadLetters(Connection reader, ReplayTask replay) {
        this.reader = reader;
        this.replay = replay;
    }

    @Override
    public List<DeadLetter> find(Search search) {
        SearchConditions conditions = SearchConditions.of(search, "died_at", FIELDS);
        return read(
                COLUMNS.formatted("x''") + FROM_DEAD + conditions.sql() + " ORDER BY seq DESC LIMIT " + search.limit(),
                conditions);
    }

    @Override
    public Optional<DeadLetter> get(long seq) {
        SearchConditions one = SearchConditions.in(List.of(seq));
        return read(COLUMNS.formatted("raw") + FROM_DEAD + one.sql(), one).stream()
                .findFirst();
    }

    private List<DeadLetter> read(String sql, SearchConditions conditions) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(sql)) {
                conditions.bind(select);
                List<DeadLetter> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(deadLetter(row));
                    }
                }
                return found;
            } catch (SQLException e) {
                throw new SpoolUnavailable("spool: can't read the dead letters, " + e.getMessage(), e);
            }
        }
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                EventRow.read(row),
                row.getString("reason"),
                row.getString("answer"),
                row.getString("request"),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("died_at")));
    }

    @Override
    public CompletionStage<Integer> replay(List<Long> seqs) {
        return replay.start(SearchConditions.in(seqs));
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return replay.start(SearchConditions.of(search, "died_at", FIELDS));
    }

    @Override
    public CompletionStage<Integer> replayDropped(Collection<Long> seqs) {
        return replay.startDropped(seqs);
    }

    @Override
    public long waitingForReplay() {
        return replay.waiting();
    }
}
