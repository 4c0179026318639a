package dev.listrakrelay.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Makes an event of a row: the columns of an event are its members, {@code email} is its contact's, every other column is
 * a property. An empty cell is none. The e-mail of a group is that of its company: a trait of its own.
 */
final class CsvEvent {

    private static final Set<String> MEMBERS =
            Set.of("type", "event", "name", "messageId", "userId", "anonymousId", "timestamp");

    private final List<String> columns;

    CsvEvent(List<String> columns) {
        this.columns = columns.stream().map(String::strip).toList();
    }

    Lines.Line of(String[] row) {
        if (row.length != columns.size()) {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            List.of(row).forEach(values::add);
            return new Lines.Line(
                    bytes(values.toString()), "row: " + row.length + " values, expected " + columns.size());
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
        return new Lines.Line(bytes(event.toString()), "");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
