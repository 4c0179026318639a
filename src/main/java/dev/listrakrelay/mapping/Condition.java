package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Asks an event whether a path leads to a value, or to one of some values.
 *
 * @param values what it has to be, as text; where none is named, anything but nothing, null and false
 */
record Condition(EventPath path, Set<String> values) {

    Condition {
        values = Set.copyOf(values);
    }

    boolean holds(JsonNode event) {
        for (JsonNode found : path.values(event)) {
            if (values.isEmpty() ? isSomething(found) : found.isValueNode() && values.contains(found.asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSomething(JsonNode found) {
        return !found.isNull() && (!found.isBoolean() || found.booleanValue());
    }

    @Override
    public String toString() {
        return path.text() + (values.isEmpty() ? "" : " is " + String.join(" or ", values));
    }
}
