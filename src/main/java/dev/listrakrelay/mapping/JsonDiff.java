package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists the differences of two JSON values, each as <em>where: expected, found</em>. Numbers are compared by value. */
final class JsonDiff {
    private final List<String> differences = new ArrayList<>();

    private JsonDiff() {}

    static List<String> of(JsonNode expected, JsonNode found) {
        JsonDiff diff = new JsonDiff();
        diff.compare("", expected, found);
        return diff.differences;
    }

    private void compare(String path, JsonNode expected, JsonNode found) {
        if (expected.isObject() && found.isObject()) {
            Set<String> keys = new LinkedHashSet<>();
            expected.fieldNames().forEachRemaining(keys::add);
            found.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> compare(path.isEmpty() ? key : path + "." + key, expected.path(key), found.path(key)));
        } else if (expected.isArray() && found.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                compare(path + "[" + i + "]", expected.path(i), found.path(i));
            }
        } else if (!isSame(expected, found)) {
            String where = path.isEmpty() ? "" : path + ": ";
            differences.add(where + "expected " + text(expected) + ", found " + text(found));
        }
    }

    private static boolean isSame(JsonNode expected, JsonNode found) {
        if (!expected.isNumber() || !found.isNumber()) {
            return expected.equals(found);
        }
        try {
            return expected.decimalValue().compareTo(found.decimalValue()) == 0;
        } catch (NumberFormatException e) {
            return expected.asText().equals(found.asText());
        }
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : JsonTree.text(value);
    }
}
