package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Search;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns a search into the WHERE part of a statement. Values are bound and never part of the text. */
record SearchConditions(String sql, List<Object> values) {

    private static final Map<Search.Field, String> COLUMNS = Map.of(
            Search.Field.MESSAGE_ID, "message_id",
            Search.Field.CONTACT, "contact",
            Search.Field.NAME, "name");

    /**
     * @param time the column that {@code from} and {@code to} limit
     * @param outcome the column of the outcome
     */
    static SearchConditions of(Search search, String time, String outcome) {
        StringBuilder sql = new StringBuilder("seq < ? AND " + time + " >= ? AND " + time + " < ?");
        List<Object> values = new ArrayList<>(List.of(
                search.before(), search.from().toEpochMilli(), search.to().toEpochMilli()));
        search.where().forEach((field, value) -> {
            sql.append(" AND ").append(COLUMNS.getOrDefault(field, outcome)).append(" = ?");
            values.add(value);
        });
        return new SearchConditions(sql.toString(), values);
    }

    static SearchConditions in(List<Long> seqs) {
        return new SearchConditions("seq IN (SELECT value FROM json_each(?))", List.of(seqs.toString()));
    }

    /** Reads the rows of a table that meet the conditions. */
    <T> List<T> list(SpoolConnection reader, String select, SpoolConnection.Reading<T> row) throws SQLException {
        return reader.list(select + " WHERE " + sql, row, values.toArray());
    }

    /** Reads the newest rows of a table that meet the conditions. */
    <T> List<T> newest(int limit, SpoolConnection reader, String select, SpoolConnection.Reading<T> row)
            throws SQLException {
        List<Object> all = new ArrayList<>(values);
        all.add(limit);
        return reader.list(select + " WHERE " + sql + " ORDER BY seq DESC LIMIT ?", row, all.toArray());
    }
}
