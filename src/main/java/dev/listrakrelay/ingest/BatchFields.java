package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.mapping.EventTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Copies a batch's common fields into each of its events that lacks them: {@code context}, {@code integrations},
 * {@code timestamp} and {@code sentAt} (Segment, HTTP API: Batch). Values keep the bytes that the sender wrote.
 */
final class BatchFields {

    private static final String SENT_AT = "sentAt";
    private static final String RECEIVED_AT = "receivedAt";
    private static final String TIMESTAMP = EventTime.TIMESTAMP;
    private static final String ORIGINAL_TIMESTAMP = EventTime.ORIGINAL_TIMESTAMP;
    private static final String CONTEXT = "context";

    /** Replaces a timestamp that is neither a time nor a string, because such a value can have any size and depth. */
    private static final String UNREADABLE = "\"\"";

    private static final Set<String> OBJECTS = Set.of(CONTEXT, "integrations");
    private static final Set<String> TIMES = Set.of(TIMESTAMP, SENT_AT);

    /** The fields that {@link BodyReader} must look for in an event, to know which of them it lacks. */
    static final Set<String> NAMES =
            Set.of(CONTEXT, "integrations", TIMESTAMP, ORIGINAL_TIMESTAMP, SENT_AT, RECEIVED_AT);

    /** PHP writes an empty object as an empty array. */
    private static final Pattern EMPTY_ARRAY = Pattern.compile("\\[\\s*]");

    /** Object name → its fields, each with the JSON of its value. */
    private final Map<String, Map<String, String>> objects = new LinkedHashMap<>();

    private final Map<String, String> times = new HashMap<>();
    private boolean isTimestampRead;

    /**
     * Reads one field of the batch. The parser is at the field's value; a field that events do not share is skipped.
     *
     * @throws UnreadableRequest if the value has a duplicate key, or if {@code context} is not an object
     */
    void read(String name, JsonParser parser, byte[] body) throws IOException {
        JsonToken value = parser.currentToken();
        RawFields raw = new RawFields(parser, body);
        if (value == JsonToken.START_OBJECT && OBJECTS.contains(name)) {
            objects.put(name, raw.members());
        } else if (TIMES.contains(name) && value != JsonToken.VALUE_NULL) {
            time(name, parser, raw);
        } else if (name.equals(CONTEXT) && value != JsonToken.VALUE_NULL) {
            if (!EMPTY_ARRAY.matcher(raw.value()).matches()) {
                throw UnreadableRequest.malformed("context: expected an object" + EventReader.found(value));
            }
        } else {
            raw.skip();
        }
        if (raw.hasKeyTwice()) {
            throw UnreadableRequest.malformed("batch" + EventReader.KEY_TWICE);
        }
    }

    private void time(String name, JsonParser parser, RawFields raw) throws IOException {
        boolean isTime = EventReader.isTime(parser);
        boolean isKept = isTime || parser.currentToken() == JsonToken.VALUE_STRING;
        String value = raw.value();
        if (name.equals(TIMESTAMP)) {
            isTimestampRead = isTime;
            times.put(name, isKept ? value : UNREADABLE);
        } else if (isKept) {
            times.put(name, value);
        }
    }

    /** Whether they may change whom an event is about, how deep it is, or how large. */
    boolean areObjects() {
        return !objects.isEmpty();
    }

    /**
     * Whether an event gets the batch's timestamp. RudderStack's SDK writes the time of sending there, and the time of
     * each event in the event's originalTimestamp.
     */
    private boolean isDated(Set<String> own) {
        return times.containsKey(TIMESTAMP) && !own.contains(TIMESTAMP) && !own.contains(ORIGINAL_TIMESTAMP);
    }

    /** Says to an event which time it gets from here, if any. */
    void date(EventDraft draft) {
        if (isDated(draft.shareable())) {
            draft.time(isTimestampRead);
        }
    }

    /**
     * Returns the event with the fields that it lacks.
     *
     * @param own the names of the event's own fields, of {@link #NAMES}
     * @param receivedAt the time of receipt, to compare with {@code sentAt}; null if the event was not sent just now
     */
    byte[] addTo(byte[] event, Set<String> own, String receivedAt) throws IOException {
        if (objects.isEmpty() && times.isEmpty() && !own.contains(SENT_AT)) {
            return event;
        }
        Map<String, String> lacking = new LinkedHashMap<>();
        if (!own.contains(SENT_AT)) {
            putIfAny(lacking, SENT_AT, times.get(SENT_AT));
        }
        if (isDated(own)) {
            lacking.put(TIMESTAMP, times.get(TIMESTAMP));
        }
        if (!own.contains(RECEIVED_AT) && (own.contains(SENT_AT) || lacking.containsKey(SENT_AT))) {
            putIfAny(lacking, RECEIVED_AT, receivedAt == null ? null : '"' + receivedAt + '"');
        }
        JsonInserter splice = new JsonInserter(event);
        for (Map.Entry<String, Map<String, String>> object : objects.entrySet()) {
            if (own.contains(object.getKey())) {
                splice.into(object.getKey(), object.getValue());
            } else {
                lacking.put(object.getKey(), "{" + JsonInserter.text(object.getValue()) + "}");
            }
        }
        return splice.into(lacking).bytes();
    }

    private static void putIfAny(Map<String, String> members, String name, String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
