package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Finds the time of an event: the source's corrected time, else the device's time, else the time of receipt. */
public final class EventTime {

    public static final String TIMESTAMP = "timestamp";
    public static final String ORIGINAL_TIMESTAMP = "originalTimestamp";

    /** The mistake in an event that has a time, but none that is readable. */
    public static final String UNREADABLE = TIMESTAMP + ": unreadable, expected a time such as 2026-06-06T12:34:56Z";

    /** A clock that shows an earlier time was never set. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private EventTime() {}

    /** Returns when the event happened. */
    static Instant instantOf(JsonNode event, Instant receivedAt) {
        return ReadableTime.of(of(event, receivedAt));
    }

    /** Returns ISO-8601 in UTC, with a fraction only if there is one. */
    static String of(JsonNode event, Instant receivedAt) {
        String timestamp = utc(event.path(TIMESTAMP));
        String original = utc(event.path(ORIGINAL_TIMESTAMP));
        if (timestamp == null && original == null) {
            return receivedAt.toString();
        }
        boolean isCorrected = timestamp != null && original != null && !timestamp.equals(original);
        return isCorrected ? timestamp : correctedForClock(timestamp == null ? original : timestamp, event);
    }

    /**
     * Corrects a time of the device's clock by {@code receivedAt - (sentAt - originalTimestamp)} (Segment, Spec:
     * Common Fields, Timestamps). An event can't be sent before it happens. If its times say so, or if a clock was
     * never set, the time is not corrected.
     */
    private static String correctedForClock(String device, JsonNode event) {
        Instant sentAt = instant(event.path("sentAt"));
        Instant receivedAt = sentAt == null ? null : instant(event.path("receivedAt"));
        if (receivedAt == null || sentAt.isBefore(EARLIEST)) {
            return device;
        }
        Instant happened = ReadableTime.of(device);
        Instant corrected = happened.plus(Duration.between(sentAt, receivedAt));
        return sentAt.isBefore(happened) || corrected.isBefore(EARLIEST) ? device : corrected.toString();
    }

    /** Whether an event's JSON has a time, but none that is readable. Such an event gets the time of receipt. */
    public static boolean isUnreadable(byte[] event) {
        try {
            JsonNode tree = JsonTree.read(event);
            JsonNode timestamp = tree.path(TIMESTAMP);
            JsonNode original = tree.path(ORIGINAL_TIMESTAMP);
            boolean hasValue = hasValue(timestamp) || hasValue(original);
            return hasValue && instant(timestamp) == null && instant(original) == null;
        } catch (IOException notAnObject) {
            return false;
        }
    }

    private static boolean hasValue(JsonNode time) {
        return !time.isMissingNode() && !time.isNull();
    }

    /** Returns the time in UTC; null if it is unreadable. */
    static String utc(JsonNode time) {
        return isTextOrNumber(time) ? ReadableTime.utc(time.asText()) : null;
    }

    private static Instant instant(JsonNode time) {
        return isTextOrNumber(time) ? ReadableTime.of(time.asText()) : null;
    }

    private static boolean isTextOrNumber(JsonNode time) {
        return time.isTextual() || time.isNumber();
    }
}
