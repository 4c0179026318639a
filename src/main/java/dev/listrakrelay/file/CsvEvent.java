package dev.listrakrelay.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    private static final Set<String> MEMBERS =
            Set.of("type", "event", "name", "messageId", "userId", "anonymousId", "timestamp");

    private final List<String> columns;

    CsvEvent(List<String> columns) {
        this.columns = named(columns);
    }

    EventLines.Line of(String[] row) {
        if (row.length != columns.size()) {
            return new EventLines.Line(
                    values(List.of(row)), "row: " + row.length + " values, expected " + columns.size());
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
            } else if (MEMBERS.contains(column)) {
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

    /** A member may be named in any case, unless another column has its very name; what nobody sees beside a name is none. */
    private static List<String> named(List<String> columns) {
        List<String> named = new ArrayList<>(columns.size());
        columns.forEach(column -> named.add(seen(column)));
        Stream.concat(MEMBERS.stream(), Stream.of("email"))
                .filter(member -> !named.contains(member))
                .forEach(member -> rename(named, member));
        return List.copyOf(named);
    }

    private static void rename(List<String> named, String member) {
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i).equalsIgnoreCase(member)) {
                named.set(i, member);
                return;
            }
        }
    }

    /** Without blanks, byte order marks and the like at either end. */
    private static String seen(String column) {
        int from = 0;
        int to = column.length();
        while (from < to && isUnseen(column.charAt(from))) {
            from++;
        }
        while (from < to && isUnseen(column.charAt(to - 1))) {
            to--;
        }
        return column.substring(from, to);
    }

    private static boolean isUnseen(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
