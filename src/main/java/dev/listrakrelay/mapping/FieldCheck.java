package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Checks the fields of each event before it is sent to Listrak. */
@FunctionalInterface
public interface FieldCheck {

    /** Accepts every field. */
    FieldCheck NONE = (customEvent, fields) -> {};

    /** Removes fields that the custom event does not accept, if it is so configured. Thread-safe. */
    void check(CustomEvent customEvent, ObjectNode fields);

    /** Is told of each value that could not be converted, before the fields are checked. */
    default void notConverted(String field, FieldType type, JsonNode value) {}
}
