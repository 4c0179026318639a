package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import java.util.List;

/** Reads the texts that a JSONPath leads to in an event. Compiled once, used by all threads. */
interface EventPath {

    /** The texts in the event's order; empty if the path leads nowhere or to something else. Never throws. */
    List<String> texts(JsonNode event);

    /** @throws InvalidPathException if this is no JSONPath that begins at the event's root */
    static EventPath compile(String path) {
        if (!path.startsWith("$")) {
            throw new InvalidPathException("it begins with $, the event");
        }
        return MemberPath.compile(path).orElseGet(() -> JsonPathQuery.compile(path));
    }
}
