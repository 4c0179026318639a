package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.InvalidPathException;
import dev.listrakrelay.mapping.EventPath;
import java.util.Optional;

/** Finds the value of an event's field in a body: at a JSONPath, or a constant. */
@FunctionalInterface
interface ShapeField {

    /** Returns the value; empty if there is none, or if it is null. */
    Optional<JsonNode> valueIn(JsonNode body);

    /**
     * A setting that begins with {@code $} is a path; the first value that it finds counts. Any other setting is a
     * constant.
     *
     * @throws InvalidPathException if the path is invalid
     */
    static ShapeField of(String setting) {
        if (!setting.startsWith("$")) {
            Optional<JsonNode> text = Optional.of(TextNode.valueOf(setting));
            return body -> text;
        }
        EventPath path = EventPath.compile(setting);
        return body -> path.values(body).stream().findFirst().filter(value -> !value.isNull());
    }

    static boolean isPath(String setting) {
        try {
            EventPath.compile(setting);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
