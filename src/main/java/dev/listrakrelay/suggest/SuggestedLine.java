package dev.listrakrelay.suggest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An entry to add to the mapping file.
 *
 * @param path the keys, and the numbers of list items, that lead to the place, such as {@code events, 2, fields, rename}
 * @param key the key of the entry
 * @param value its value as YAML, which also fits inside of braces
 */
public record SuggestedLine(List<Object> path, String key, String value) {

    static SuggestedLine of(List<Object> fields, String map, String key, String value) {
        List<Object> path = new ArrayList<>(fields);
        path.add(map);
        return new SuggestedLine(List.copyOf(path), key, value);
    }

    /** Where the entry belongs, such as {@code events[2].fields.rename}. */
    public String place() {
        return path.stream()
                .map(step -> step instanceof Integer ? "[" + step + "]" : "." + step)
                .collect(Collectors.joining())
                .substring(1);
    }

    /** The entry as YAML. */
    public String text() {
        return YamlText.scalar(key) + ": " + value;
    }
}
