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
 * What a batch says once for all its events, as the bytes that came: {@code context} and {@code integrations}, of which
 * an event gets what its own lack (Segment, HTTP API: Batch), {@code timestamp} and {@code sentAt}.
 */
final class BatchFields {

    private static final String SENT_AT = "sentAt";
    private static final String RECEIVED_AT = "receivedAt";
    private static final String TIMESTAMP = EventTime.TIMESTAMP;
    private static final String ORIGINAL_TIMESTAMP = EventTime.ORIGINAL_TIMESTAMP;
    private static final String CONTEXT = "context";

    /** Stands for what is no time and no text: it may be of any size and depth. */
    private static final String UNREADABLE = "\"\"";

    private static final Set<String> OBJECTS = Set.of(CONTEXT, "integrations");
    private static final Set<String> TIMES = Set.of(TIMESTAMP, SENT_AT);

    /** What has to be known of an event, to tell what it lacks. */
    static final Set<String> NAMES =
            Set.of(CONTEXT, "integrations", TIMESTAMP, ORIGINAL_TIMESTAMP, SENT_AT, RECEIVED_AT);

    /** How PHP writes an empty object. */
    private static final Pattern EMPTY_ARRAY = Pattern.compile("\\[\\s*]");

    /** Each object by its name: its own members, each with its value. */
    private final Map<String, Map<String, String>> objects = new LinkedHashMap<>();

    private final Map<String, String> times = new HashMap<>();
    private boolean isTimestampRead;

    /**
     * Takes one, on whose value the parser stands; passes over what is none.
     *
     * @throws UnreadableRequest if a key comes twice in it, or its context is none
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
     * Whether an event gets its time from here: RudderStack's SDK says here when it sent the batch, and in each event's
     * originalTimestamp when that happened.
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
     * An event with what it lacks.
     *
     * @param own which of {@link #NAMES} it has
     * @param receivedAt when it came, where {@code sentAt} was the same moment; null: not said
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
