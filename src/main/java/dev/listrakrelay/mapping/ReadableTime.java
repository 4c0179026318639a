package dev.listrakrelay.mapping;

import java.time.Instant;

/**
 * Reads a time, for every part of the relay: ISO 8601 and its common variants, a Unix time, or the English formats of
 * mail and HTTP. A time without a zone is in UTC.
 */
public final class ReadableTime {

    /** The format that most SDKs send and that Listrak gets: {@code 2026-06-06T12:34:56Z}, or with milliseconds. */
    private static final int CANONICAL = "2026-06-06T12:34:56Z".length();

    private static final int WITH_MILLIS = "2026-06-06T12:34:56.789Z".length();
    private static final int MAX_CHARACTERS = 100;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private ReadableTime() {}

    /** Reads a text or a number's digits as a time in the years 1 to 9999; null if it is unreadable. */
    public static Instant of(String text) {
        String time = text.strip();
        if (time.length() > MAX_CHARACTERS) {
            return null;
        }
        Instant read = IsoTime.read(time);
        if (read == null) {
            read = UnixTime.readLate(time);
        }
        if (read == null) {
            String iso = EnglishTime.iso(time);
            read = iso == null ? null : IsoTime.read(iso);
        }
        return read == null || read.isBefore(FIRST) || !read.isBefore(END) ? null : read;
    }

    /** Returns the time as ISO 8601 in UTC, with a fraction only if there is one; null if it is unreadable. */
    static String utc(String text) {
        Instant time = of(text);
        return time == null ? null : isCanonical(text) ? text : time.toString();
    }

    /**
     * Whether a readable time already has the output format. Nearly every event's time has, and need not be formatted
     * again.
     */
    private static boolean isCanonical(String time) {
        int length = time.length();
        boolean hasMillis = length == WITH_MILLIS && time.charAt(19) == '.' && !time.startsWith("000", CANONICAL);
        return (length == CANONICAL || hasMillis)
                && time.charAt(length - 1) == 'Z'
                && time.charAt(4) == '-'
                && time.charAt(10) == 'T'
                && time.charAt(13) == ':'
                && time.charAt(16) == ':'
                && !time.startsWith("24", 11)
                && !time.startsWith("60", 17);
    }
}
