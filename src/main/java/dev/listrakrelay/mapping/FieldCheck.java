package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Looks at the fields of each event on its way to Listrak. */
@FunctionalInterface
public interface FieldCheck {

    /** Lets every field pass. */
    FieldCheck NONE = (customEvent, fields) -> {};

    /** May take out fields that the custom event can't take. Called by many threads. */
    void check(CustomEvent customEvent, ObjectNode fields);

    /** Is told of each value that could not be converted, before the fields are checked. */
    default void notConverted(String field, FieldType type, JsonNode value) {}
}
