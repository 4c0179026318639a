package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Events and mappings for tests. */
final class Events {
    static final Instant RECEIVED = Instant.parse("2026-06-06T12:00:00Z");
    static final String EMAIL = "\"context\":{\"traits\":{\"email\":\"user@example.com\"}}";

    private Events() {}

    static Event of(String type, String name, String raw) {
        return of(type, name, raw.getBytes(StandardCharsets.UTF_8));
    }

    static Event of(String type, String name, byte[] raw) {
        return new Event(1, "m-1", "test", type, name, "contact", RECEIVED, raw);
    }

    /** An order with these properties, as JSON text. */
    static Event order(String properties) {
        return of("track", "Order Completed", "{" + EMAIL + ",\"properties\":" + properties + "}");
    }

    /** The mapping that ships. */
    static Mapping defaultMapping() throws IOException {
        return MappingFile.read("mappings/listrak.mapping.yaml", resource("/routes/mappings/listrak.mapping.yaml"));
    }

    static Mapping mapping(String yaml) {
        return MappingFile.read("test.mapping.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] resource(String path) throws IOException {
        try (InputStream in = Events.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        }
    }

    /** What becomes of an event that becomes one thing. */
    static MappingResult map(Mapping mapping, Event event) {
        List<MappingResult> mapped = mapping.map(event);
        assertEquals(1, mapped.size());
        return mapped.get(0);
    }

    static String json(MappingResult mapped) {
        return new String(((ListrakEvent) mapped).json(), StandardCharsets.UTF_8);
    }

    /** What stands between event_name and event_time. */
    static String fields(MappingResult mapped) {
        String json = json(mapped);
        return json.substring(json.indexOf("\"purchase\",") + 11, json.lastIndexOf(",\"event_time\""));
    }
}
