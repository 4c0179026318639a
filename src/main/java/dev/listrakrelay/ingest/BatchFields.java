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
    private static final String UNREADABLE_TIME = "\"\"";

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
    private boolean isTimestampReadable;

    /**
     * Reads one field of the batch. The parser is at the field's value; a field that events do not share is skipped.
     *
     * @throws UnreadableRequest if the value has a duplicate key, or if {@code context} is not an object
     */
    void read(String name, JsonParser parser, byte[] body) throws IOException {
        JsonToken value = parser.currentToken();
        RawFields raw = new RawFields(parser, body);
        if (value == JsonToken.START_OBJECT && OBJECTS.contains(name)) {
            objects.put(name, raw.fields());
        } else if (TIMES.contains(name) && value != JsonToken.VALUE_NULL) {
            readTime(name, parser, raw);
        } else if (name.equals(CONTEXT) && value != JsonToken.VALUE_NULL) {
            if (!EMPTY_ARRAY.matcher(raw.value()).matches()) {
                throw UnreadableRequest.malformed("context: expected an object" + EventReader.found(value));
            }
        } else {
            raw.skip();
        }
        if (raw.hasDuplicateKey()) {
            throw UnreadableRequest.malformed("batch" + EventReader.DUPLICATE_KEY);
        }
    }

    private void readTime(String name, JsonParser parser, RawFields raw) throws IOException {
        boolean isTime = EventReader.isTime(parser);
        boolean isCopied = isTime || parser.currentToken() == JsonToken.VALUE_STRING;
        String value = raw.value();
        if (name.equals(TIMESTAMP)) {
            isTimestampReadable = isTime;
            times.put(name, isCopied ? value : UNREADABLE_TIME);
        } else if (isCopied) {
            times.put(name, value);
        }
    }

    /** Whether the batch has objects. They can change an event's contact, depth and size. */
    boolean hasObjects() {
        return !objects.isEmpty();
    }

    /**
     * Whether an event gets the batch's timestamp. RudderStack's SDK writes the time of sending there, and the time of
     * each event in the event's originalTimestamp.
     */
    private boolean addsTimestamp(Set<String> ownFields) {
        return times.containsKey(TIMESTAMP)
                && !ownFields.contains(TIMESTAMP)
                && !ownFields.contains(ORIGINAL_TIMESTAMP);
    }

    /** Tells an event whether the time that it gets from the batch is readable. It gets one only if it has none. */
    void applyTime(EventDraft draft) {
        if (addsTimestamp(draft.batchFieldNames())) {
            draft.noteTime(isTimestampReadable);
        }
    }

    /**
     * Returns the event with the batch's fields that it lacks.
     *
     * @param ownFields the names of the event's own fields, of {@link #NAMES}
     * @param receivedAt the time of receipt, to compare with {@code sentAt}; null if the event is not live
     */
    byte[] addTo(byte[] event, Set<String> ownFields, String receivedAt) throws IOException {
        if (objects.isEmpty() && times.isEmpty() && !ownFields.contains(SENT_AT)) {
            return event;
        }
        Map<String, String> missing = new LinkedHashMap<>();
        if (!ownFields.contains(SENT_AT)) {
            putIfPresent(missing, SENT_AT, times.get(SENT_AT));
        }
        if (addsTimestamp(ownFields)) {
            missing.put(TIMESTAMP, times.get(TIMESTAMP));
        }
        if (!ownFields.contains(RECEIVED_AT) && (ownFields.contains(SENT_AT) || missing.containsKey(SENT_AT))) {
            putIfPresent(missing, RECEIVED_AT, receivedAt == null ? null : '"' + receivedAt + '"');
        }
        JsonInserter inserter = new JsonInserter(event);
        for (Map.Entry<String, Map<String, String>> object : objects.entrySet()) {
            if (ownFields.contains(object.getKey())) {
                inserter.insertInto(object.getKey(), object.getValue());
            } else {
                missing.put(object.getKey(), "{" + JsonInserter.fieldsText(object.getValue()) + "}");
            }
        }
        return inserter.insert(missing).bytes();
    }

    private static void putIfPresent(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
