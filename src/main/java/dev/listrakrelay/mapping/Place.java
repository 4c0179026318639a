package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One place in a YAML file: reads what stands there, and notes what is wrong with it instead of stopping.
 *
 * @param file the name the reader knows the file by
 * @param path such as {@code events[2].when}; empty for the whole file
 * @param value what stands there
 * @param mistakes where all places of the file note theirs
 */
record Place(String file, String path, JsonNode value, List<String> mistakes) {

    void mistake(String what) {
        mistakes.add(file + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    Place at(String key) {
        return new Place(file, path.isEmpty() ? key : path + "." + key, value.path(key), mistakes);
    }

    boolean isThere() {
        return !value.isMissingNode();
    }

    /** Whether keys stand here at all; those that are not known are mistakes. */
    boolean hasKeys(String... known) {
        if (!is(JsonNodeType.OBJECT, "the keys " + String.join(", ", known))) {
            return false;
        }
        value.fieldNames().forEachRemaining(key -> {
            if (!List.of(known).contains(key)) {
                at(key).mistake("unknown key, expected one of " + String.join(", ", known));
            }
        });
        return true;
    }

    /** The text that stands here; empty and noted if there is none. */
    Optional<String> text(String expected) {
        if (!is(JsonNodeType.STRING, expected)) {
            return Optional.empty();
        }
        if (value.textValue().isBlank()) {
            mistake("empty text, expected " + expected);
            return Optional.empty();
        }
        return Optional.of(value.textValue().strip());
    }

    /** The places of the list that stands here; empty and noted if there is none or nothing in it. */
    List<Place> list(String expected) {
        if (!is(JsonNodeType.ARRAY, expected)) {
            return List.of();
        }
        if (value.isEmpty()) {
            mistake("empty list, expected " + expected);
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            places.add(new Place(file, path + "[" + i + "]", value.get(i), mistakes));
        }
        return places;
    }

    private boolean is(JsonNodeType kind, String expected) {
        if (value.getNodeType() == kind) {
            return true;
        }
        mistake(
                isThere()
                        ? "wrong kind, expected " + expected + ", found " + found()
                        : "missing, expected " + expected);
        return false;
    }

    private String found() {
        return switch (value.getNodeType()) {
            case OBJECT -> "keys";
            case ARRAY -> "a list";
            case STRING -> value.textValue().isBlank() ? "nothing" : "the text " + value.textValue();
            case NULL -> "nothing";
            default -> "the " + value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + value.asText();
        };
    }
}
