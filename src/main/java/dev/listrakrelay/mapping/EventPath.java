package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.jayway.jsonpath.InvalidPathException;
import java.util.List;

/** Reads what a JSONPath leads to in an event. Compiled once, used by all threads. */
public interface EventPath {

    /** As it stands in the mapping file. */
    String text();

    /** All that it leads to, in the event's order; more than one only where it is a query. Never throws. */
    List<JsonNode> values(JsonNode event);

    /** What it leads to: several as an array; null if it leads nowhere. */
    default JsonNode value(JsonNode event) {
        List<JsonNode> found = values(event);
        if (found.size() > 1) {
            return JsonNodeFactory.instance.arrayNode().addAll(found);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** @throws InvalidPathException if this is no JSONPath that begins at the event's root */
    static EventPath compile(String path) {
        if (!path.startsWith("$")) {
            throw new InvalidPathException("it begins with $, the event");
        }
        return MemberPath.compile(path).orElseGet(() -> JsonPathQuery.compile(path));
    }
}
