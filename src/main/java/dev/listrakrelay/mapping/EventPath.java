package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.jayway.jsonpath.InvalidPathException;
import java.util.List;

/** Reads the values at a JSONPath in an event. Compiled once, and thread-safe. */
public interface EventPath {

    /** The path as written in the mapping file. */
    String text();

    /** The field names that it follows, from the event's root; empty if it has more than field names. */
    default List<String> members() {
        return List.of();
    }

    /** Returns all values that it finds, in the event's order. Only a query can find more than one. Never throws. */
    List<JsonNode> values(JsonNode event);

    /** Returns the value that it finds; several as an array; null if none. */
    default JsonNode value(JsonNode event) {
        List<JsonNode> found = values(event);
        if (found.size() > 1) {
            return JsonNodeFactory.instance.arrayNode().addAll(found);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** @throws InvalidPathException if the text is not a JSONPath that begins with {@code $} */
    static EventPath compile(String path) {
        if (!path.startsWith("$")) {
            throw new InvalidPathException("expected a path that begins with $");
        }
        return MemberPath.compile(path).orElseGet(() -> JsonPathQuery.compile(path));
    }
}
