package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.engine.ErasureMatcher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds all rows about a contact that is to be forgotten, over a connection that only reads. It reads whole tables. */
final class ErasureSearch {

    private static final String[] EVENT = {"message_id", "name", "raw"};
    private static final String[] DEAD_LETTER = {"message_id", "name", "raw", "request", "answer"};

    private final Connection reader;
    private final ErasureMatcher mentions;
    private final String like;

    ErasureSearch(Connection reader, String email, List<String> ids) {
        this.reader = reader;
        this.mentions = new ErasureMatcher(email, ids);
        this.like = "%" + email.replaceAll("[%_\\\\]", "\\\\$0").replace('@', '%') + "%";
    }

    /** Decides whether a row is about the contact. */
    private interface RowTest {
        boolean test(ResultSet row) throws SQLException;
    }

    /** The seqs of events up to a seq. */
    List<Long> events(long last) {
        String sql = "SELECT seq, contact, message_id, name, raw FROM event WHERE seq <= " + last
                + " AND contact_from IS NOT '" + EventRow.FORGOTTEN + "' AND " + candidates(EVENT);
        return find(sql, this::isAbout, EVENT);
    }

    /** The seqs of dead letters. */
    List<Long> deadLetters() {
        return deadLetters(row -> isAbout(row) || mentions.isIn(row.getString(6)));
    }

    /** The seqs of other contacts' dead letters whose answer names the contact. */
    List<Long> answers() {
        return deadLetters(row -> mentions.isIn(row.getString(7)));
    }

    private List<Long> deadLetters(RowTest isAbout) {
        String sql = "SELECT seq, contact, message_id, name, raw, request, answer FROM dead WHERE ";
        return find(sql + candidates(DEAD_LETTER), isAbout, DEAD_LETTER);
    }

    /** The seqs of events that their destination may have twice. */
    List<Long> ambiguous() {
        return find("SELECT seq, contact, message_id, name, x'' FROM ambiguous", this::isAbout);
    }

    /** The ids of steps whose reason names the contact. */
    List<Long> reasons() {
        return find("SELECT id, reason FROM history WHERE reason <> ''", row -> mentions.isIn(row.getString(2)));
    }

    /**
     * The ids of records of the delivery log.
     *
     * @param seqs the events of the contact that the file still has
     */
    List<Long> records(Set<Long> seqs) {
        Set<String> hashes =
                mentions.contacts().stream().map(LoggedContact.HASH::of).collect(Collectors.toSet());
        return find("SELECT id, contact_hash, record FROM delivery_log", row -> {
            DeliveryRecord record = DeliveryRecord.read(row.getString(3));
            return hashes.contains(row.getString(2)) || seqs.contains(record.seq()) || record.isAbout(mentions);
        });
    }

    private boolean isAbout(ResultSet row) throws SQLException {
        return mentions.isAbout(row.getString(2), row.getString(3), row.getString(4), row.getBytes(5));
    }

    /**
     * Returns a condition that is true for every row about the contact, and for some others. {@link #bind} sets its
     * values.
     */
    private String candidates(String... columns) {
        StringBuilder sql = new StringBuilder("(contact IN ("
                + String.join(",", Collections.nCopies(mentions.contacts().size(), "?")) + ") OR instr(raw, x'5c')");
        for (String column : columns) {
            sql.append(" OR CAST(").append(column).append(" AS TEXT) LIKE ? ESCAPE '\\'");
        }
        return sql.append(")").toString();
    }

    private void bind(PreparedStatement statement, String... columns) throws SQLException {
        int next = 1;
        for (String contact : mentions.contacts()) {
            statement.setString(next++, contact);
        }
        for (int column = 0; column < columns.length; column++) {
            statement.setString(next++, like);
        }
    }

    private List<Long> find(String sql, RowTest isAbout, String... columns) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(sql)) {
                if (columns.length > 0) {
                    bind(select, columns);
                }
                List<Long> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        if (isAbout.test(row)) {
                            found.add(row.getLong(1));
                        }
                    }
                }
                return found;
            } catch (SQLException e) {
                throw new SpoolUnavailable("spool: can't read the file, " + e.getMessage(), e);
            }
        }
    }
}
