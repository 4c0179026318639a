package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.ErasureMatcher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds all rows about a contact that is to be forgotten, over a connection that only reads. It reads whole tables. */
final class ErasureSearch {

    private static final String[] EVENT = {"message_id", "name", "raw"};
    private static final String[] LETTER = {"message_id", "name", "raw", "request", "answer"};

    private final Connection reader;
    private final ErasureMatcher mentions;
    private final String like;

    ErasureSearch(Connection reader, String email, List<String> ids) {
        this.reader = reader;
        this.mentions = new ErasureMatcher(email, ids);
        this.like = "%" + email.replaceAll("[%_\\\\]", "\\\\$0").replace('@', '%') + "%";
    }

    /** Whether a row is about the contact. */
    private interface Look {
        boolean at(ResultSet row) throws SQLException;
    }

    /** The seqs of events up to a seq. */
    List<Long> events(long last) {
        String sql = "SELECT seq, contact, message_id, name, raw FROM event WHERE seq <= " + last
                + " AND contact_from IS NOT '" + EventRow.FORGOTTEN + "' AND " + candidates(EVENT);
        return find(sql, this::isAbout, EVENT);
    }

    /** The seqs of dead letters. */
    List<Long> letters() {
        return letters(row -> isAbout(row) || mentions.isIn(row.getString(6)));
    }

    /** The seqs of other contacts' dead letters whose answer names the contact. */
    List<Long> answers() {
        return letters(row -> mentions.isIn(row.getString(7)));
    }

    private List<Long> letters(Look look) {
        String sql = "SELECT seq, contact, message_id, name, raw, request, answer FROM dead WHERE ";
        return find(sql + candidates(LETTER), look, LETTER);
    }

    /** The ids of steps whose reason names the contact. */
    List<Long> reasons() {
        return find("SELECT id, reason FROM history WHERE reason <> ''", row -> mentions.isIn(row.getString(2)));
    }

    private boolean isAbout(ResultSet row) throws SQLException {
        return mentions.isAbout(row.getString(2), row.getString(3), row.getString(4), row.getBytes(5));
    }

    /** A condition that all it may be about fulfil, and some others; {@link #bind} gives it its values. */
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

    private List<Long> find(String sql, Look look, String... columns) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(sql)) {
                if (columns.length > 0) {
                    bind(select, columns);
                }
                List<Long> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        if (look.at(row)) {
                            found.add(row.getLong(1));
                        }
                    }
                }
                return found;
            } catch (SQLException e) {
                throw new SpoolUnavailable("spool: not readable, " + e.getMessage(), e);
            }
        }
    }
}
