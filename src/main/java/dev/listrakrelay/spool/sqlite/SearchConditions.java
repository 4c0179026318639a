package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Search;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns a search into the WHERE part of a statement. Values are bound and never part of the text. */
record SearchConditions(String sql, List<Object> values) {

    private static final Map<Search.Field, String> COLUMNS = Map.of(
            Search.Field.MESSAGE_ID, "message_id",
            Search.Field.CONTACT, "contact",
            Search.Field.NAME, "name",
            Search.Field.OUTCOME, "reason");

    /**
     * @param time the column that {@code from} and {@code to} limit
     * @param fields the fields that are columns of the table
     */
    static SearchConditions of(Search search, String time, Search.Field... fields) {
        StringBuilder sql = new StringBuilder("seq < ? AND " + time + " >= ? AND " + time + " < ?");
        List<Object> values = new ArrayList<>(List.of(
                search.before(), search.from().toEpochMilli(), search.to().toEpochMilli()));
        for (Search.Field field : fields) {
            String value = search.where().get(field);
            if (value != null) {
                sql.append(" AND ").append(COLUMNS.get(field)).append(" = ?");
                values.add(value);
            }
        }
        return new SearchConditions(sql.toString(), values);
    }

    /** Returns conditions that also ask for the value of a column. */
    SearchConditions and(String column, String value) {
        List<Object> more = new ArrayList<>(values);
        more.add(value);
        return new SearchConditions(sql + " AND " + column + " = ?", more);
    }

    static SearchConditions in(List<Long> seqs) {
        return new SearchConditions(
                "seq IN (" + String.join(",", seqs.stream().map(seq -> "?").toList()) + ")", List.copyOf(seqs));
    }

    /** Binds the values, beginning with the first parameter. Returns the number of the next parameter. */
    int bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return values.size() + 1;
    }
}
