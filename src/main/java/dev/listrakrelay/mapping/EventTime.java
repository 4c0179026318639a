package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;

/** Tells when an event happened: the source's corrected time, else the device's, else when it was accepted. */
final class EventTime {
    /** A date and time with its offset: {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private EventTime() {}

    static Instant of(JsonNode event, Instant receivedAt) {
        Instant corrected = parsed(event.path("timestamp"));
        if (corrected != null) {
            return corrected;
        }
        Instant original = parsed(event.path("originalTimestamp"));
        return original == null ? receivedAt : original;
    }

    private static Instant parsed(JsonNode time) {
        if (!time.isTextual()) {
            return null;
        }
        try {
            return WITH_OFFSET.parse(time.textValue().strip(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
