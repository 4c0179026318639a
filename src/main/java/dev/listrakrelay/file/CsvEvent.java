package dev.listrakrelay.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns a CSV row into an event. A column with the name of an event's field sets that field, {@code email} sets the contact's
 * e-mail, and every other column sets a property. Empty cells are skipped. The e-mail of a {@code group} event belongs to the
 * company, so it becomes a trait of the group.
 */
final class CsvEvent {

    private static final Set<String> FIELDS =
            Set.of("type", "event", "name", "messageId", "userId", "anonymousId", "timestamp");

    private final List<String> columns;

    CsvEvent(List<String> columns) {
        this.columns = normalized(columns);
    }

    /** Returns the event of a row, or the row's mistake. */
    EventLines.Line line(String[] row) {
        if (row.length != columns.size()) {
            return new EventLines.Line(
                    values(List.of(row)),
                    "row: expected " + Plural.of(columns.size(), "value") + ", found " + row.length);
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "track");
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        int type = columns.indexOf("type");
        boolean isGroup = type >= 0 && row[type].strip().equals(Event.GROUP);
        for (int i = 0; i < row.length; i++) {
            String column = columns.get(i);
            if (row[i].isEmpty()) {
                continue;
            }
            if (column.equals("email")) {
                ObjectNode owner = isGroup ? event : event.putObject("context");
                owner.putObject("traits").put("email", row[i]);
            } else if (FIELDS.contains(column)) {
                event.put(column, row[i]);
            } else {
                properties.put(column, row[i]);
            }
        }
        event.set("properties", properties);
        return new EventLines.Line(bytes(event.toString()), "");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the values of an invalid row as a JSON array, for the file of bad lines. */
    static byte[] values(List<String> row) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        row.forEach(values::add);
        return bytes(values.toString());
    }

    /** Returns the column names without invisible characters around them. A field's name counts in any case, unless another column has its exact name. */
    private static List<String> normalized(List<String> columns) {
        List<String> normalized = new ArrayList<>(columns.size());
        columns.forEach(column -> normalized.add(trimmed(column)));
        Stream.concat(FIELDS.stream(), Stream.of("email"))
                .filter(field -> !normalized.contains(field))
                .forEach(field -> rename(normalized, field));
        return List.copyOf(normalized);
    }

    private static void rename(List<String> normalized, String field) {
        for (int i = 0; i < normalized.size(); i++) {
            if (normalized.get(i).equalsIgnoreCase(field)) {
                normalized.set(i, field);
                return;
            }
        }
    }

    /** Removes blanks, byte order marks and other invisible characters at both ends. */
    private static String trimmed(String column) {
        int from = 0;
        int to = column.length();
        while (from < to && isInvisible(column.charAt(from))) {
            from++;
        }
        while (from < to && isInvisible(column.charAt(to - 1))) {
            to--;
        }
        return column.substring(from, to);
    }

    private static boolean isInvisible(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
