package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.InvalidPathException;
import dev.listrakrelay.mapping.EventPath;
import java.util.Optional;

/** Finds the value of an event's member: where a JSONPath leads in the body, or the same text for all. */
@FunctionalInterface
interface ShapeField {

    /** Empty where there is nothing, or null. */
    Optional<JsonNode> in(JsonNode body);

    /**
     * What begins with a dollar sign is a path; of several values that it leads to, the first counts.
     *
     * @throws InvalidPathException if it is none
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
