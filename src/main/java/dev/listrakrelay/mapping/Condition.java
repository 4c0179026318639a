package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Checks whether an event has a value at a path.
 *
 * @param values the accepted values, as text; if empty, any value except null and false
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
        return values.isEmpty() ? "a value at " + path.text() : path.text() + " is " + String.join(" or ", values);
    }
}
