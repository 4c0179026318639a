package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;

/** Tells when an event happened: the source's corrected time, else the device's, else when it was accepted. */
public final class EventTime {
    /** A date and time with its offset: {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** What most SDKs send, and what Listrak gets: {@code 2026-06-06T12:34:56Z}, or with milliseconds. */
    private static final int CANONICAL = "2026-06-06T12:34:56Z".length();

    private static final int WITH_MILLIS = "2026-06-06T12:34:56.789Z".length();

    private EventTime() {}

    /** ISO-8601 in UTC, with a fraction only where there is one. */
    static String of(JsonNode event, Instant receivedAt) {
        String timestamp = utc(event.path("timestamp"));
        String original = utc(event.path("originalTimestamp"));
        if (timestamp == null && original == null) {
            return receivedAt.toString();
        }
        boolean isCorrected = timestamp != null && original != null && !timestamp.equals(original);
        return isCorrected ? timestamp : onOurClock(timestamp == null ? original : timestamp, event);
    }

    /**
     * A time of the device's clock, set right by how far that was off when it sent the event: {@code receivedAt - (sentAt
     * - originalTimestamp)} (Segment, Spec: Common Fields, Timestamps).
     */
    private static String onOurClock(String device, JsonNode event) {
        String sentAt = utc(event.path("sentAt"));
        String receivedAt = sentAt == null ? null : utc(event.path("receivedAt"));
        if (receivedAt == null) {
            return device;
        }
        try {
            Duration off = Duration.between(Instant.parse(sentAt), Instant.parse(receivedAt));
            return Instant.parse(device).plus(off).toString();
        } catch (DateTimeException | ArithmeticException beyondAllTimes) {
            return device;
        }
    }

    /** Whether that is a time, with its offset. */
    public static boolean isTime(String text) {
        return utc(TextNode.valueOf(text)) != null;
    }

    /** The time in UTC; null if this is none. */
    static String utc(JsonNode time) {
        if (!time.isTextual()) {
            return null;
        }
        String text = time.textValue().strip();
        try {
            return isCanonical(text)
                    ? text
                    : WITH_OFFSET.parse(text, Instant::from).toString();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Spares nearly every event the parser, which costs as much as the rest of its mapping. */
    private static boolean isCanonical(String text) {
        int length = text.length();
        boolean hasMillis = length == WITH_MILLIS && !text.startsWith(".000", CANONICAL - 1);
        if (length != CANONICAL && !hasMillis) {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char expected = "dddd-dd-ddTdd:dd:dd.ddd".charAt(i);
            char found = text.charAt(i);
            if (expected == 'd' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
        return text.charAt(length - 1) == 'Z';
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
