package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Search;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a search wants, as the part of a statement behind WHERE; every value is bound, none is part of the text. */
record Conditions(String sql, List<Object> values) {

    private static final Map<Search.Field, String> COLUMNS = Map.of(
            Search.Field.MESSAGE_ID, "message_id",
            Search.Field.CONTACT, "contact",
            Search.Field.NAME, "name",
            Search.Field.OUTCOME, "reason");

    /**
     * @param time the column that {@code from} and {@code to} look at
     * @param fields those that are columns of the table
     */
    static Conditions of(Search search, String time, Search.Field... fields) {
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
        return new Conditions(sql.toString(), values);
    }

    static Conditions in(List<Long> seqs) {
        return new Conditions(
                "seq IN (" + String.join(",", seqs.stream().map(seq -> "?").toList()) + ")", List.copyOf(seqs));
    }

    /** Sets the values from the first parameter on; answers the number of the next one. */
    int bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return values.size() + 1;
    }
}
