package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.mapping.ReadableTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one event token by token, collects its key fields, and finds its first mistake.
 *
 * <p>It applies the bounds of guarantees.md: depth 64, numbers of 100 digits, no duplicate keys. A mistake rejects
 * that event alone; only invalid JSON fails the whole request.
 */
final class EventReader {

    static final int MOST_DEPTH = 64;
    static final int MOST_DIGITS = 100;

    static final String KEY_TWICE = ": a key comes twice in one object, expected it once";

    private static final Set<String> KEYS = Set.of("type", "event", "name", "messageId", "userId", "anonymousId");
    private static final Set<String> TIMES = Set.of(EventTime.TIMESTAMP, EventTime.ORIGINAL_TIMESTAMP);

    /**
     * These fields must be objects. The mapping could not read any other value, and the event would lose its fields.
     */
    private static final Set<String> OBJECTS = Set.of("properties", "traits", "context");

    private final JsonParser parser;
    private final PathTree contact;
    private final List<Set<String>> names = new ArrayList<>();
    private EventDraft draft;

    EventReader(JsonParser parser, PathTree contact) {
        this.parser = parser;
        this.contact = contact;
    }

    /** Reads the value at the parser's position to its end. */
    EventDraft read() throws IOException {
        draft = new EventDraft();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            object(1, contact);
            draft.members(names.get(1));
        } else {
            draft.reject("event: expected an object" + found(parser.currentToken()));
            parser.skipChildren();
        }
        return draft;
    }

    private void object(int depth, PathTree paths) throws IOException {
        checkDepth(depth);
        Set<String> names = names(depth);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!names.add(name)) {
                draft.reject("event" + KEY_TWICE);
            }
            JsonToken value = parser.nextToken();
            if (depth == 1 && KEYS.contains(name)) {
                key(name, value);
            } else if (depth == 1 && TIMES.contains(name) && value != JsonToken.VALUE_NULL) {
                draft.time(isTime(parser));
            }
            if (depth == 1 && OBJECTS.contains(name) && value != JsonToken.START_OBJECT) {
                nothing(name, value);
            } else {
                value(value, depth, paths == null ? null : paths.below(name));
            }
        }
    }

    /** An empty set for the names of one object; no two objects of one depth are read at a time. */
    private Set<String> names(int depth) {
        while (names.size() <= depth) {
            names.add(new HashSet<>());
        }
        names.get(depth).clear();
        return names.get(depth);
    }

    private void value(JsonToken value, int depth, PathTree paths) throws IOException {
        switch (value) {
            case START_OBJECT -> object(depth + 1, paths);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> {
                if (paths != null && paths.rank() >= 0) {
                    draft.contact(parser.getText(), paths.rank(), paths.isTrait());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (parser.getTextLength() > MOST_DIGITS) {
                    draft.reject("event: a number of " + parser.getTextLength() + " characters, expected at most "
                            + MOST_DIGITS);
                }
            }
            default -> {
                // true, false and null have no bounds and no address
            }
        }
    }

    /** Whether it is empty. */
    private boolean array(int depth) throws IOException {
        checkDepth(depth);
        boolean isEmpty = true;
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            value(value, depth, null);
            isEmpty = false;
        }
        return isEmpty;
    }

    /** In place of an object null will do, and an empty array: PHP writes an empty object so. */
    private void nothing(String name, JsonToken value) throws IOException {
        boolean isNothing = value == JsonToken.VALUE_NULL || value == JsonToken.START_ARRAY && array(2);
        if (!isNothing) {
            draft.reject(name + ": expected an object" + found(value));
        }
    }

    private void key(String name, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING || value.isNumeric() && name.endsWith("Id")) {
            draft.member(name, parser.getText());
        } else if (value != JsonToken.VALUE_NULL) {
            draft.reject(name + ": expected a string" + found(value));
        }
    }

    /** Whether the value at the parser's position is a readable time. */
    static boolean isTime(JsonParser parser) throws IOException {
        JsonToken value = parser.currentToken();
        boolean isWritten = value == JsonToken.VALUE_STRING || value.isNumeric();
        return isWritten && ReadableTime.of(parser.getText()) != null;
    }

    /** Names the JSON type of a value, never the value. */
    static String found(JsonToken value) {
        return ", found "
                + switch (value) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    default -> value.asString();
                };
    }

    private void checkDepth(int depth) {
        if (depth > MOST_DEPTH) {
            draft.reject("event: nested deeper than " + MOST_DEPTH + " levels");
        }
    }
}
