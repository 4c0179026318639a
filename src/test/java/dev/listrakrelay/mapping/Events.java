package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Makes events and mappings for tests. */
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

    /** An order with these properties, given as JSON. */
    static Event order(String properties) {
        return of("track", "Order Completed", "{" + EMAIL + ",\"properties\":" + properties + "}");
    }

    /** The default mapping, which the relay comes with. */
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

    /** Maps an event that has exactly one result. */
    static MappingResult map(Mapping mapping, Event event) {
        List<MappingResult> mapped = mapping.map(event);
        assertEquals(1, mapped.size());
        return mapped.get(0);
    }

    static String json(MappingResult mapped) {
        return new String(((ListrakEvent) mapped).json(), StandardCharsets.UTF_8);
    }

    /** The data fields between event_name and event_time, as JSON. */
    static String fields(MappingResult mapped) {
        String json = json(mapped);
        return json.substring(json.indexOf("\"purchase\",") + 11, json.lastIndexOf(",\"event_time\""));
    }
}
