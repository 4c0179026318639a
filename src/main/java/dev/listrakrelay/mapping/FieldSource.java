package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The value of a field under {@code set}: where it comes from and which type it gets.
 *
 * @param paths where in the event to look, in this order; none for a constant
 * @param otherwise the value where the paths lead to none: the constant or default; null if there is none
 * @param as what the value has to be; one that can't be counts as none; null for anything
 */
record FieldSource(List<EventPath> paths, JsonNode otherwise, FieldType as) {

    FieldSource {
        paths = List.copyOf(paths);
    }

    /**
     * Returns the value; null if there is none.
     *
     * @param field the field's name
     * @param check receives each value that can't be converted
     */
    JsonNode valueIn(JsonNode event, String field, FieldCheck check) {
        for (EventPath path : paths) {
            JsonNode found = path.value(event);
            if (found != null && !found.isNull()) {
                JsonNode value = as == null ? found : as.convert(found);
                if (value != null) {
                    return value;
                }
                check.notConverted(field, as, found);
            }
        }
        return otherwise;
    }
}
