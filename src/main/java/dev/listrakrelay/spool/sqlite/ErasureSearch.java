package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.engine.ErasureMatcher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds all rows about a contact that is to be forgotten, over a connection that only reads. It reads whole tables. */
final class ErasureSearch {

    private final SpoolConnection reader;
    private final ErasureMatcher mentions;
    private final String like;

    ErasureSearch(SpoolConnection reader, String email, List<String> ids) {
        this.reader = reader;
        this.mentions = new ErasureMatcher(email, ids);
        this.like = "%" + email.replaceAll("[%_\\\\]", "\\\\$0").replace('@', '%') + "%";
    }

    /** The seqs of events up to a seq. */
    List<Long> events(long last) {
        String sql = "SELECT seq, contact, message_id, name, raw FROM event WHERE seq <= ?1 AND contact_from IS NOT '"
                + EventRow.FORGOTTEN + "' AND ";
        return find(sql + candidates("message_id", "name", "raw"), this::isAbout, values(last));
    }

    /** The seqs of dead letters. */
    List<Long> deadLetters() {
        return deadLetters(row -> isAbout(row) || mentions.isIn(row.getString(6)));
    }

    /** The seqs of other contacts' dead letters whose answer names the contact. */
    List<Long> answers() {
        return deadLetters(row -> mentions.isIn(row.getString(7)));
    }

    private List<Long> deadLetters(SpoolConnection.Reading<Boolean> isAbout) {
        String sql = "SELECT seq, contact, message_id, name, raw, request, answer FROM dead WHERE ";
        return find(
                sql + candidates("message_id", "name", "raw", "request", "answer"), isAbout, values(Long.MAX_VALUE));
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
     * Returns a condition that is true for every row about the contact, and for some others. Its parameters are {@link
     * #values}.
     */
    private String candidates(String... columns) {
        StringBuilder sql = new StringBuilder("(instr(raw, x'5c')");
        for (String column : columns) {
            sql.append(" OR CAST(").append(column).append(" AS TEXT) LIKE ?2 ESCAPE '\\'");
        }
        return sql.append(" OR contact IN (?3")
                .append(", ?".repeat(mentions.contacts().size() - 1))
                .append("))")
                .toString();
    }

    private Object[] values(long last) {
        return Stream.concat(Stream.of(last, like), mentions.contacts().stream())
                .toArray();
    }

    private List<Long> find(String sql, SpoolConnection.Reading<Boolean> isAbout, Object... values) {
        return reader.read(
                "the file",
                () -> reader.query(
                        sql,
                        row -> {
                            List<Long> found = new ArrayList<>();
                            while (row.next()) {
                                if (isAbout.read(row)) {
                                    found.add(row.getLong(1));
                                }
                            }
                            return found;
                        },
                        values));
    }
}
