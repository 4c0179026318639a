package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a condition of a mapping file: a JSONPath alone, or {@code path} with {@code is}, its accepted values. */
final class ConditionReader {

    private ConditionReader() {}

    /** A path alone has to lead to something. */
    static Optional<Condition> where(YamlNode place) {
        return read(place, List.of());
    }

    /** A path alone has to lead to true. */
    static Optional<Condition> consent(YamlNode place) {
        return read(place, List.of("true"));
    }

    private static Optional<Condition> read(YamlNode place, List<String> values) {
        if (!place.isThere()) {
            return Optional.empty();
        }
        if (!place.value().isObject()) {
            return place.jsonPath().map(path -> new Condition(path, Set.copyOf(values)));
        }
        place.hasKeys("path", "is");
        List<String> named = place.at("is").isThere() ? values(place.at("is")) : values;
        return place.at("path").jsonPath().map(path -> new Condition(path, Set.copyOf(named)));
    }

    private static List<String> values(YamlNode is) {
        List<String> values = new ArrayList<>();
        for (YamlNode one : is.oneOrList("a value or a list of them")) {
            if (one.value().isValueNode() && !one.value().isNull()) {
                values.add(one.value().asText());
            } else {
                one.mistake("wrong kind, expected a text, a number, true or false, found " + one.found());
            }
        }
        return values;
    }
}
