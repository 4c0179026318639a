package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a condition of a mapping file: a JSONPath alone, or {@code path} with {@code is}, its accepted values. */
final class ConditionReader {

    private ConditionReader() {}

    /** Reads a condition. A path alone must find a value. */
    static Optional<Condition> where(YamlNode node) {
        return read(node, List.of());
    }

    /** Reads a consent. A path alone must find true. */
    static Optional<Condition> consent(YamlNode node) {
        return read(node, List.of("true"));
    }

    private static Optional<Condition> read(YamlNode node, List<String> values) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        if (!node.value().isObject()) {
            return node.jsonPath().map(path -> new Condition(path, Set.copyOf(values)));
        }
        node.hasKeys("path", "is");
        List<String> accepted = node.at("is").isPresent() ? values(node.at("is")) : values;
        return node.at("path").jsonPath().map(path -> new Condition(path, Set.copyOf(accepted)));
    }

    private static List<String> values(YamlNode is) {
        List<String> values = new ArrayList<>();
        for (YamlNode item : is.oneOrList("a value or a list of them")) {
            if (item.value().isValueNode() && !item.value().isNull()) {
                values.add(item.value().asText());
            } else {
                item.mistake("wrong type, expected a text, a number, true or false, found " + item.found());
            }
        }
        return values;
    }
}
