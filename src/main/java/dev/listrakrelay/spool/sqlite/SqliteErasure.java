package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Forgets a contact, a few hundred rows in a transaction. It deletes the identities first, so that no later event gets
 * the e-mail from them. Then it deletes dead letters, then events, and at last the bytes of deleted rows in the file.
 *
 * <p>A pending event keeps its seq, so that its lane and the tally stay right. Its content is erased, and it is dropped
 * when it is due.
 */
final class SqliteErasure {

    private static final int CHUNK = 500;

    private final SpoolConnection writer;
    private final GroupCommit commits;
    private final SpoolTables tables;
    private final ReplayTask replay;
    private final FileRewrite rewrite;
    private final SpoolConnection reader;
    private final ErasureTable table;

    SqliteErasure(
            SpoolConnection writer,
            GroupCommit commits,
            SpoolTables tables,
            ReplayTask replay,
            FileRewrite rewrite,
            SpoolConnection reader) {
        this.writer = writer;
        this.commits = commits;
        this.tables = tables;
        this.replay = replay;
        this.rewrite = rewrite;
        this.reader = reader;
        this.table = new ErasureTable(writer);
    }

    /** Erases one row, inside a transaction. */
    private interface RowErasure {
        ErasureCounts erase(long row) throws SQLException;
    }

    synchronized ErasureCounts forget(String email) {
        List<String> ids = write(() -> tables.identities().forget(email));
        ErasureSearch search = new ErasureSearch(reader, email, ids);
        List<Long> dead = search.deadLetters();
        ErasureCounts deadLetters = each(dead, this::deadLetter);
        each(search.answers(), seq -> erase("UPDATE dead SET answer = '' WHERE seq = ?", seq));
        // a dead letter may have been replayed as an event meanwhile
        long last = write(() -> tables.events().lastSeq());
        List<Long> found = search.events(last);
        ErasureCounts events = each(found, this::event);
        each(search.ambiguous(), seq -> erase("DELETE FROM ambiguous WHERE seq = ?", seq));
        SpoolUnavailable.await(replay.recount());
        each(search.reasons(), step -> erase("UPDATE history SET reason = '' WHERE id = ?", step));
        // after the events, so that none of them can be settled later with its contact
        Set<Long> seqs = new HashSet<>(dead);
        seqs.addAll(found);
        each(search.records(seqs), id -> {
            table.blankRecord(id);
            return ErasureCounts.NOTHING;
        });
        boolean isRewritten = SpoolUnavailable.await(rewrite.request(commits));
        return new ErasureCounts(ids.size(), 0, 0, 0, isRewritten)
                .plus(deadLetters)
                .plus(events);
    }

    private ErasureCounts erase(String sql, long row) throws SQLException {
        writer.update(sql, row);
        return ErasureCounts.NOTHING;
    }

    private ErasureCounts deadLetter(long seq) throws SQLException {
        tables.replays().remove(seq);
        return new ErasureCounts(0, 0, 0, tables.deadLetters().remove(seq) ? 1 : 0, true);
    }

    private ErasureCounts event(long seq) throws SQLException {
        ErasureTable.StoredEvent found = table.find(seq);
        ErasureCounts deadLetter = deadLetter(seq);
        if (found == null) {
            return deadLetter;
        }
        if (found.isUnflushed()) {
            // a restart would read its id from its row
            tables.dedupe().addSingle(found.id());
        }
        if (found.isPending()) {
            table.blank(seq);
            tables.forgotten().add(seq);
        } else {
            table.deleteEvent(seq);
        }
        return new ErasureCounts(0, found.isPending() ? 1 : 0, found.isPending() ? 0 : 1, 0, true).plus(deadLetter);
    }

    private ErasureCounts each(List<Long> rows, RowErasure erasure) {
        ErasureCounts all = ErasureCounts.NOTHING;
        for (int from = 0; from < rows.size(); from += CHUNK) {
            List<Long> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            all = all.plus(write(() -> eraseAll(chunk, erasure)));
        }
        return all;
    }

    /** Erases rows. SQLite overwrites their bytes with zeros. */
    private ErasureCounts eraseAll(List<Long> rows, RowErasure erasure) throws SQLException {
        int before = writer.pragma("PRAGMA secure_delete", row -> row.getInt(1));
        writer.execute("PRAGMA secure_delete=ON");
        try {
            ErasureCounts sum = ErasureCounts.NOTHING;
            for (long row : rows) {
                sum = sum.plus(erasure.erase(row));
            }
            return sum;
        } finally {
            writer.execute("PRAGMA secure_delete=" + (before == 2 ? "FAST" : before));
        }
    }

    private <T> T write(SpoolConnection.Sql<T> sql) {
        return SpoolUnavailable.await(commits.submit(sql, nothing -> {}));
    }
}
