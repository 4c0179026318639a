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
 * <p>It applies the limits of guarantees.md: depth 64, numbers of 100 digits, no duplicate keys. A mistake rejects
 * that event alone; only invalid JSON fails the whole request.
 */
final class EventReader {

    static final int MAX_DEPTH = 64;
    static final int MAX_DIGITS = 100;

    static final String DUPLICATE_KEY = ": duplicate key in an object, expected each key once";

    private static final Set<String> KEY_FIELDS = Set.of("type", "event", "name", "messageId", "userId", "anonymousId");
    private static final Set<String> TIMES = Set.of(EventTime.TIMESTAMP, EventTime.ORIGINAL_TIMESTAMP);

    /**
     * These fields must be objects. The mapping can't read any other value, so the event would lose its fields.
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
            readObject(1, contact);
            draft.noteBatchFields(names.get(1));
        } else {
            draft.reject("event: expected an object" + found(parser.currentToken()));
            parser.skipChildren();
        }
        return draft;
    }

    private void readObject(int depth, PathTree paths) throws IOException {
        checkDepth(depth);
        Set<String> names = names(depth);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!names.add(name)) {
                draft.reject("event" + DUPLICATE_KEY);
            }
            JsonToken value = parser.nextToken();
            if (depth == 1 && KEY_FIELDS.contains(name)) {
                readKeyField(name, value);
            } else if (depth == 1 && TIMES.contains(name) && value != JsonToken.VALUE_NULL) {
                draft.noteTime(isTime(parser));
            }
            if (depth == 1 && OBJECTS.contains(name) && value != JsonToken.START_OBJECT) {
                readEmpty(name, value);
            } else {
                readValue(value, depth, paths == null ? null : paths.below(name));
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

    private void readValue(JsonToken value, int depth, PathTree paths) throws IOException {
        switch (value) {
            case START_OBJECT -> readObject(depth + 1, paths);
            case START_ARRAY -> readArray(depth + 1);
            case VALUE_STRING -> {
                if (paths != null && paths.rank() >= 0) {
                    draft.noteContact(parser.getText(), paths.rank(), paths.isTrait());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (parser.getTextLength() > MAX_DIGITS) {
                    draft.reject("event: number too long, expected at most " + MAX_DIGITS + " characters, found "
                            + parser.getTextLength());
                }
            }
            default -> {
                // true, false and null have no limits, and are no address
            }
        }
    }

    /** Reads an array, and returns whether it is empty. */
    private boolean readArray(int depth) throws IOException {
        checkDepth(depth);
        boolean isEmpty = true;
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            readValue(value, depth, null);
            isEmpty = false;
        }
        return isEmpty;
    }

    /** Accepts null and an empty array in place of an object: PHP writes an empty object as an empty array. */
    private void readEmpty(String name, JsonToken value) throws IOException {
        boolean isEmpty = value == JsonToken.VALUE_NULL || value == JsonToken.START_ARRAY && readArray(2);
        if (!isEmpty) {
            draft.reject(name + ": expected an object" + found(value));
        }
    }

    private void readKeyField(String name, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING || value.isNumeric() && name.endsWith("Id")) {
            draft.setField(name, parser.getText());
        } else if (value != JsonToken.VALUE_NULL) {
            draft.reject(name + ": expected a string" + found(value));
        }
    }

    /** Whether the value at the parser's position is a readable time. */
    static boolean isTime(JsonParser parser) throws IOException {
        JsonToken value = parser.currentToken();
        boolean isTextOrNumber = value == JsonToken.VALUE_STRING || value.isNumeric();
        return isTextOrNumber && ReadableTime.of(parser.getText()) != null;
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
        if (depth > MAX_DEPTH) {
            draft.reject("event: nested too deep, expected at most " + MAX_DEPTH + " levels");
        }
    }
}
