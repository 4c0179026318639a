package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The value of a field under {@code set}: where it comes from and which type it gets.
 *
 * @param paths the paths in the event, in the order of their priority, or one {@link TextTemplate}; none for a constant
 * @param fallback the constant, or the default if no path finds a value; null if there is neither
 * @param as the type that the value is converted to; a value that can't be converted is skipped; null: any type
 */
public record FieldSource(List<EventPath> paths, JsonNode fallback, FieldType as) {

    public FieldSource {
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
        return fallback;
    }
}
