package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds dead letters over a connection that only reads, so that no write waits for a search. */
final class SqliteDeadLetters implements DeadLetters {

    private static final String WHAT = "the dead letters";
    private static final String SELECT =
            "SELECT " + EventRow.COLUMNS + ", reason, answer, request, attempts, died_at FROM dead";

    private final SpoolConnection reader;
    private final ReplayTask replay;

    SqliteDeadLetters(SpoolConnection reader, ReplayTask replay) {
        this.reader = reader;
        this.replay = replay;
    }

    @Override
    public List<DeadLetter> find(Search search) {
        String select = SELECT.formatted("x''");
        return reader.read(
                WHAT, () -> conditions(search).newest(search.limit(), reader, select, SqliteDeadLetters::deadLetter));
    }

    @Override
    public Optional<DeadLetter> get(long seq) {
        SearchConditions one = SearchConditions.in(List.of(seq));
        return reader
                .read(WHAT, () -> one.list(reader, SELECT.formatted("raw"), SqliteDeadLetters::deadLetter))
                .stream()
                .findFirst();
    }

    private static SearchConditions conditions(Search search) {
        return SearchConditions.of(search, "died_at", "reason");
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
        return replay.start(conditions(search));
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
