package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what is about a contact that is to be forgotten, through a connection that reads alone; goes through everything. */
final class ErasureSearch {

    private static final String[] EVENT = {"message_id", "name", "raw"};
    private static final String[] LETTER = {"message_id", "name", "raw", "request", "answer"};

    private final Connection reader;
    private final Mentions mentions;

    ErasureSearch(Connection reader, Mentions mentions) {
        this.reader = reader;
        this.mentions = mentions;
    }

    /** Whether a row is about the contact. */
    private interface Look {
        boolean at(ResultSet row) throws SQLException;
    }

    /** The seqs of events, up to that one. */
    List<Long> events(long last) {
        String sql = "SELECT seq, contact, message_id, name, raw FROM event WHERE seq <= " + last
                + " AND contact_from IS NOT '" + EventRow.FORGOTTEN + "' AND " + mentions.candidates(EVENT);
        return find(sql, this::isAbout, EVENT);
    }

    /** The seqs of dead letters. */
    List<Long> letters() {
        return letters(row -> isAbout(row) || mentions.isIn(row.getString(6)));
    }

    /** The seqs of dead letters of others whose answer names the contact. */
    List<Long> answers() {
        return letters(row -> mentions.isIn(row.getString(7)));
    }

    private List<Long> letters(Look look) {
        String sql = "SELECT seq, contact, message_id, name, raw, request, answer FROM dead WHERE ";
        return find(sql + mentions.candidates(LETTER), look, LETTER);
    }

    /** The ids of steps whose reason names the contact. */
    List<Long> reasons() {
        return find("SELECT id, reason FROM history WHERE reason <> ''", row -> mentions.isIn(row.getString(2)));
    }

    private boolean isAbout(ResultSet row) throws SQLException {
        return mentions.isOf(row.getString(2))
                || mentions.isIn(row.getString(3))
                || mentions.isIn(row.getString(4))
                || mentions.isIn(new String(row.getBytes(5), StandardCharsets.UTF_8));
    }

    private List<Long> find(String sql, Look look, String... columns) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(sql)) {
                if (columns.length > 0) {
                    mentions.bind(select, 1, columns);
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
