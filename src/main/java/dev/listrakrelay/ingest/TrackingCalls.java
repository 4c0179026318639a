package dev.listrakrelay.ingest;

import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.spool.Event;
import java.util.HashMap;
import java.util.Map;

/** Names the calls under {@code /v1/}, and the one letter that Segment's browser SDK uses for each. */
final class TrackingCalls {

    static final String BATCH = "batch";
    static final String EVENTS = "events";

    private static final Map<String, String> NAMES = names();

    private TrackingCalls() {}

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String type : Event.TYPES) {
            names.put(type, type);
            names.put(type.substring(0, 1), type);
        }
        names.put(BATCH, BATCH);
        names.put("b", BATCH);
        // the call of Segment's SDK for Java and of older SDKs
        names.put("import", BATCH);
        names.put(EVENTS, EVENTS);
        return Map.copyOf(names);
    }

    /**
     * Returns the full name of a call.
     *
     * @param call its name or letter, or a path that ends in either
     * @throws UnreadableRequest with status 404 if the call is unknown
     */
    static String name(String call) {
        String name = NAMES.get(ConfiguredName.lastSegment(call));
        if (name == null) {
            throw UnreadableRequest.unknownCall();
        }
        return name;
    }
}
