package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.StandInIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Short methods that read a body as the default shape does. */
final class Posted {

    static final Instant NOW = Instant.parse("2025-11-21T10:00:00Z");
    static final String PAGE = "{\"type\":\"page\",\"messageId\":\"m-page\"}";

    static final RequestReader READER = new RequestReader(
            List.of(List.of("context", "traits", "email"), List.of("traits", "email"), List.of("properties", "email")),
            new StandInIds(List.of("undefined")));

    private Posted() {}

    static IntakeResult read(String call, byte[] body) {
        return READER.read(body, call, new RequestSource("rest", true, NOW));
    }

    static IntakeResult read(String call, String body) {
        return read(call, body.getBytes(StandardCharsets.UTF_8));
    }

    static IntakeResult batch(String... events) {
        return read("batch", "{\"batch\":[" + String.join(",", events) + "]}");
    }

    static Event only(String call, String body) {
        return read(call, body).events().get(0);
    }

    static UnreadableRequest unreadable(String call, byte[] body) {
        return assertThrows(UnreadableRequest.class, () -> read(call, body));
    }

    static UnreadableRequest unreadable(String call, String body) {
        return unreadable(call, body.getBytes(StandardCharsets.UTF_8));
    }

    static String raw(Event event) {
        return new String(event.raw(), StandardCharsets.UTF_8);
    }

    /** A page event of this many bytes. */
    static String pageOf(int bytes) {
        String frame = "{\"type\":\"page\",\"filler\":\"\"}";
        return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
    }

    /** A page event whose arrays and objects have this total depth. */
    static String pageNested(int depth) {
        StringBuilder open = new StringBuilder();
        StringBuilder close = new StringBuilder();
        for (int level = 2; level <= depth; level++) {
            open.append(level % 2 == 0 ? "[" : "{\"a\":");
            close.insert(0, level % 2 == 0 ? "]" : "}");
        }
        return "{\"type\":\"page\",\"deep\":" + open + (depth % 2 == 0 ? "" : "1") + close + "}";
    }

    static String pageWithNumber(int characters) {
        return "{\"type\":\"page\",\"n\":" + "7".repeat(characters) + "}";
    }
}
