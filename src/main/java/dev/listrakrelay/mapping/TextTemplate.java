package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders, such as {@code Order {properties.order_id}}, that each event fills. An event without a value for
 * one of them gives no text.
 *
 * @param literals the text between the placeholders: one more than there are placeholders
 */
record TextTemplate(String text, List<String> literals, List<Placeholder> placeholders) implements EventPath {

    /** A path in braces, without blanks. Braces after {@code $ # %} or doubled are placeholders of other tools. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<![{$#%])\\{(\\$[.\\[][^{}\\s]+|[\\p{L}_][\\p{L}\\p{N}_.\\[\\]-]*)}(?!})");

    /** A part of the text that an event fills, as written, with its braces. */
    record Placeholder(String text, EventPath path) {

        private String valueIn(JsonNode event) {
            JsonNode value = path.value(event);
            if (value == null || value.isNull()) {
                return null;
            }
            return value.isValueNode() ? value.asText() : JsonTree.text(value);
        }
    }

    static boolean isTemplate(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** @throws InvalidPathException if a placeholder is not a path */
    static TextTemplate compile(String text) {
        List<String> literals = new ArrayList<>();
        List<Placeholder> placeholders = new ArrayList<>();
        Matcher found = PLACEHOLDER.matcher(text);
        int end = 0;
        while (found.find()) {
            literals.add(text.substring(end, found.start()));
            String path = found.group(1);
            placeholders.add(
                    new Placeholder(found.group(), EventPath.compile(path.startsWith("$") ? path : "$." + path)));
            end = found.end();
        }
        literals.add(text.substring(end));
        return new TextTemplate(text, List.copyOf(literals), List.copyOf(placeholders));
    }

    @Override
    public List<JsonNode> values(JsonNode event) {
        StringBuilder filled = new StringBuilder(literals.get(0));
        for (int i = 0; i < placeholders.size(); i++) {
            String value = placeholders.get(i).valueIn(event);
            if (value == null) {
                return List.of();
            }
            filled.append(value).append(literals.get(i + 1));
        }
        return List.of(TextNode.valueOf(filled.toString()));
    }

    /** Returns the placeholders for which an event has no value, as written. */
    List<String> unfilledBy(JsonNode event) {
        return placeholders.stream()
                .filter(placeholder -> placeholder.valueIn(event) == null)
                .map(Placeholder::text)
                .toList();
    }
}
