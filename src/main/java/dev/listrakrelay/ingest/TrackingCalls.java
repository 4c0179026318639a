package dev.listrakrelay.ingest;

import dev.listrakrelay.settings.GivenName;
import dev.listrakrelay.spool.Event;
import java.util.HashMap;
import java.util.Map;

/** What can be called under {@code /v1/}: by its name, or by the one letter that Segment's browser SDK uses for it. */
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
        // Segment's SDK for Java, and older ones
        names.put("import", BATCH);
        names.put(EVENTS, EVENTS);
        return Map.copyOf(names);
    }

    /**
     * The whole name of a call.
     *
     * @param call its name or letter, or a path that ends in either
     * @throws UnreadableRequest with 404 if there is no such call
     */
    static String name(String call) {
        String name = NAMES.get(GivenName.lastSegment(call));
        if (name == null) {
            throw UnreadableRequest.unknownCall();
        }
        return name;
    }
}
