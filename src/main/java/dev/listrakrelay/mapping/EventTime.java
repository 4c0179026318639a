package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Tells when an event happened: the source's corrected time, else the device's, else when it was accepted. */
public final class EventTime {

    public static final String TIMESTAMP = "timestamp";
    public static final String ORIGINAL_TIMESTAMP = "originalTimestamp";

    /** What is wrong with an event that says when it happened, and nothing of that can be read. */
    public static final String UNREADABLE =
            TIMESTAMP + ": no time that can be read, expected one such as 2026-06-06T12:34:56Z";

    /** A clock that shows less was never set. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private EventTime() {}

    /** ISO-8601 in UTC, with a fraction only where there is one. */
    static String of(JsonNode event, Instant receivedAt) {
        String timestamp = utc(event.path(TIMESTAMP));
        String original = utc(event.path(ORIGINAL_TIMESTAMP));
        if (timestamp == null && original == null) {
            return receivedAt.toString();
        }
        boolean isCorrected = timestamp != null && original != null && !timestamp.equals(original);
        return isCorrected ? timestamp : onOurClock(timestamp == null ? original : timestamp, event);
    }

    /**
     * A time of the device's clock, set right by how far that was off when it sent the event: {@code receivedAt - (sentAt
     * - originalTimestamp)} (Segment, Spec: Common Fields, Timestamps). An event is not sent before it happens: where it
     * says so, or where a clock was never set, nothing is known of how far it was off.
     */
    private static String onOurClock(String device, JsonNode event) {
        Instant sentAt = instant(event.path("sentAt"));
        Instant receivedAt = sentAt == null ? null : instant(event.path("receivedAt"));
        if (receivedAt == null || sentAt.isBefore(FIRST)) {
            return device;
        }
        Instant happened = ReadableTime.of(device);
        Instant corrected = happened.plus(Duration.between(sentAt, receivedAt));
        return sentAt.isBefore(happened) || corrected.isBefore(FIRST) ? device : corrected.toString();
    }

    /** Whether an event's JSON says when it happened, and nothing of that can be read: then it counts as of now. */
    public static boolean isUnreadable(byte[] event) {
        try {
            JsonNode tree = JsonTree.read(event);
            JsonNode timestamp = tree.path(TIMESTAMP);
            JsonNode original = tree.path(ORIGINAL_TIMESTAMP);
            boolean isSaid = isSaid(timestamp) || isSaid(original);
            return isSaid && instant(timestamp) == null && instant(original) == null;
        } catch (IOException notAnObject) {
            return false;
        }
    }

    private static boolean isSaid(JsonNode time) {
        return !time.isMissingNode() && !time.isNull();
    }

    /** The time in UTC; null if this is none. */
    static String utc(JsonNode time) {
        return isWritten(time) ? ReadableTime.utc(time.asText()) : null;
    }

    private static Instant instant(JsonNode time) {
        return isWritten(time) ? ReadableTime.of(time.asText()) : null;
    }

    private static boolean isWritten(JsonNode time) {
        return time.isTextual() || time.isNumber();
    }
}
