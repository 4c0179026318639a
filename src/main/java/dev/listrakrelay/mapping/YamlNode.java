package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.jayway.jsonpath.InvalidPathException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a YAML file. It reads the node's value, and collects mistakes instead of stopping at the first.
 *
 * @param file the file's name in messages
 * @param path the path of the node, such as {@code events[2].when}; empty for the whole file
 * @param value the value; a missing node if the key is not set
 * @param mistakes the list for the mistakes of all nodes of the file
 */
record YamlNode(String file, String path, JsonNode value, List<String> mistakes) {

    private static final String JSON_PATH = "a JSONPath such as $.context.traits.email";

    void mistake(String what) {
        mistakes.add(file + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    YamlNode at(String key) {
        return new YamlNode(file, path.isEmpty() ? key : path + "." + key, value.path(key), mistakes);
    }

    boolean isPresent() {
        return !value.isMissingNode();
    }

    /** Whether the value is this text, apart from spaces around it. */
    boolean equalsText(String text) {
        return value.isTextual() && value.textValue().strip().equals(text);
    }

    /** Whether the value has keys. An unknown key is a mistake. */
    boolean hasKeys(String... known) {
        if (!isOf(JsonNodeType.OBJECT, "the keys " + String.join(", ", known))) {
            return false;
        }
        value.fieldNames().forEachRemaining(key -> {
            if (!List.of(known).contains(key)) {
                at(key).mistake("unknown key, expected one of " + String.join(", ", known)
                        + DidYouMean.of(key, List.of(known)));
            }
        });
        return true;
    }

    /** The nodes under keys that the file's author chose; empty, and a mistake, if the value has no keys. */
    Map<String, YamlNode> entries(String expected) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (isOf(JsonNodeType.OBJECT, expected)) {
            value.fieldNames().forEachRemaining(key -> entries.put(SurrogateRepair.repair(key), at(key)));
        }
        return entries;
    }

    /** The text; empty, and a mistake, if the value is not text. */
    Optional<String> text(String expected) {
        if (!isOf(JsonNodeType.STRING, expected)) {
            return Optional.empty();
        }
        if (value.textValue().isBlank()) {
            mistake("empty text, expected " + expected);
            return Optional.empty();
        }
        return Optional.of(SurrogateRepair.repair(value.textValue().strip()));
    }

    /** The value of one of a few words; empty, and a mistake, for any other word. */
    <T> Optional<T> oneOf(String what, Map<String, T> words) {
        String expected = "one of " + String.join(", ", words.keySet());
        Optional<String> found = text(expected);
        if (found.isPresent() && !words.containsKey(found.get())) {
            mistake("unknown " + what + ", expected " + expected + ", found " + found.get()
                    + DidYouMean.of(found.get(), words.keySet()));
        }
        return found.map(words::get);
    }

    /** The JSONPath; empty, and a mistake, if the value is not a JSONPath. */
    Optional<EventPath> jsonPath() {
        Optional<String> text = text(JSON_PATH);
        try {
            return text.map(EventPath::compile);
        } catch (InvalidPathException e) {
            mistake("not a JSONPath, expected one such as $.context.traits.email, found " + text.orElse(""));
            return Optional.empty();
        }
    }

    /** The JSONPath, or each JSONPath of a list. */
    List<EventPath> jsonPaths() {
        return oneOrList(JSON_PATH + " or a list of them").stream()
                .flatMap(node -> node.jsonPath().stream())
                .toList();
    }

    /** The text, or each text of a list. */
    List<String> texts(String expected, String expectedOfOne) {
        return value.isArray()
                ? list(expected).stream()
                        .flatMap(node -> node.text(expectedOfOne).stream())
                        .toList()
                : text(expected).stream().toList();
    }

    /** This node, or the nodes of its list. */
    List<YamlNode> oneOrList(String expected) {
        return value.isArray() ? list(expected) : List.of(this);
    }

    /** The nodes of the list; empty, and a mistake, if the value is not a list. An empty list is a mistake, too. */
    List<YamlNode> list(String expected) {
        if (!isOf(JsonNodeType.ARRAY, expected)) {
            return List.of();
        }
        if (value.isEmpty()) {
            mistake("empty list, expected " + expected);
        }
        return items();
    }

    /** The nodes of the list, which can be empty. */
    List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            items.add(new YamlNode(file, path + "[" + i + "]", value.get(i), mistakes));
        }
        return items;
    }

    private boolean isOf(JsonNodeType type, String expected) {
        if (value.getNodeType() == type) {
            return true;
        }
        mistake(
                isPresent()
                        ? "wrong type, expected " + expected + ", found " + found()
                        : "missing, expected " + expected);
        return false;
    }

    /** Describes the value in words. */
    String found() {
        return switch (value.getNodeType()) {
            case OBJECT -> "keys";
            case ARRAY -> "a list";
            case STRING -> value.textValue().isBlank() ? "nothing" : "the text " + value.textValue();
            case NULL -> "nothing";
            default -> "the " + value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + value.asText();
        };
    }

    /** Adds a mistake if the node has all of these keys, of which it may have only one. */
    void requireOnlyOneOf(Collection<String> keys) {
        if (keys.stream().allMatch(value::has)) {
            mistake("keys exclude each other, expected only one of " + String.join(", ", keys));
        }
    }
}
