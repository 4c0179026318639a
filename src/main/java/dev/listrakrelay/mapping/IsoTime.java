package dev.listrakrelay.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.chrono.IsoChronology;
import java.util.regex.Pattern;

/**
 * Reads a time in ISO 8601 and in common variants of it: a blank for {@code T}, a comma before a fraction of any
 * length, no zone, or a zone name as in Go and JavaScript. It uses no pattern and no exception for the times that SDKs
 * send. Not thread-safe.
 */
final class IsoTime {

    private static final int NONE = -1;
    private static final int DAY = 86_400;
    private static final int MAX_OFFSET_HOURS = 18;

    /**
     * A second zone after the offset: {@code [Europe/Paris]}, {@code (Central European Time)}, {@code CET}; and Go's
     * monotonic clock.
     */
    private static final Pattern REPEATED_ZONE = Pattern.compile(
            "(\\[[\\w/+-]+]| +\\([^()]*\\)| +(?:[A-Za-z]{1,6}|[+-][0-9]{2,4}))?( +m=[+-][0-9]+(\\.[0-9]+)?)?");

    private final String text;
    private int position;
    private int nanos;

    private IsoTime(String text) {
        this.text = text;
    }

    /** Returns null if the text is not such a time. */
    static Instant read(String text) {
        return new IsoTime(text).read();
    }

    private Instant read() {
        long day = date();
        if (day == Long.MIN_VALUE) {
            return null;
        }
        if (isAtEnd()) {
            return Instant.ofEpochSecond(day * DAY);
        }
        int second = isSeparated() ? secondOfDay() : NONE;
        int offset = second == NONE ? Integer.MIN_VALUE : offset();
        return offset == Integer.MIN_VALUE ? null : Instant.ofEpochSecond(day * DAY + second - offset, nanos);
    }

    /** Whether the text is a date with hyphens and without a time. */
    static boolean isDay(String text) {
        return text.length() == "2026-06-06".length() && text.charAt(4) == '-' && read(text) != null;
    }

    /** Reads the days since 1970; {@link Long#MIN_VALUE} if there is no date. */
    private long date() {
        int year = digits(4);
        char hyphen = next();
        boolean hasHyphens = hyphen == '-' || hyphen == '/';
        position += hasHyphens ? 1 : 0;
        int month = digits(2);
        boolean isSameSeparator = !hasHyphens || next() == hyphen;
        position += hasHyphens ? 1 : 0;
        int day = digits(2);
        boolean isDay = isSameSeparator && year > 0 && month > 0 && month <= 12 && day > 0 && day <= days(year, month);
        return isDay ? LocalDate.of(year, month, day).toEpochDay() : Long.MIN_VALUE;
    }

    private static int days(int year, int month) {
        return Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year));
    }

    /** Whether a time can start here: after a T, after blanks, or directly after a date without hyphens. */
    private boolean isSeparated() {
        if (next() == 'T' || next() == 't') {
            position++;
            return true;
        }
        return skipBlanks() || position == "20260606".length() && text.length() >= "20260606123456".length();
    }

    private int secondOfDay() {
        int hour = digits(2);
        boolean hasColons = next() == ':';
        position += hasColons ? 1 : 0;
        int minute = digits(2);
        int second = 0;
        if (hasColons ? next() == ':' : isDigit(next())) {
            position += hasColons ? 1 : 0;
            second = digits(2);
            if (second == NONE || !isFractionOrNone()) {
                return NONE;
            }
        }
        boolean isWithinDay = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second < 60;
        boolean isEndOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        boolean isLeapSecond = hour >= 0 && hour < 24 && minute == 59 && second == 60;
        return isWithinDay || isEndOfDay || isLeapSecond ? (hour * 60 + minute) * 60 + second : NONE;
    }

    /** Reads up to nine digits of a fraction and skips the others; false if no digit follows the point. */
    private boolean isFractionOrNone() {
        if (next() != '.' && next() != ',') {
            return true;
        }
        position++;
        int start = position;
        int scale = 100_000_000;
        for (; isDigit(next()); position++) {
            nanos += (next() - '0') * scale;
            scale /= 10;
        }
        return position > start;
    }

    /** Reads the offset from UTC in seconds; {@link Integer#MIN_VALUE} if it is invalid. */
    private int offset() {
        boolean isZulu = next() == 'Z' || next() == 'z';
        position += isZulu ? 1 : 0;
        int offset = 0;
        if (!isZulu) {
            skipBlanks();
            boolean isNamed = isSkipped("UTC") || isSkipped("GMT") || isSkipped("UT") || isSkipped("Z");
            if (next() == '+' || next() == '-') {
                offset = signedOffset();
            } else if (!isNamed && !isAtEnd()) {
                return Integer.MIN_VALUE;
            }
        }
        boolean isComplete = isAtEnd()
                || REPEATED_ZONE.matcher(text).region(position, text.length()).matches();
        return isComplete ? offset : Integer.MIN_VALUE;
    }

    private int signedOffset() {
        int sign = next() == '-' ? -1 : 1;
        position++;
        int hours = digits(2);
        boolean hasColon = next() == ':';
        position += hasColon ? 1 : 0;
        int minutes = hasColon || isDigit(next()) ? digits(2) : 0;
        boolean isOffset = hours >= 0 && hours <= MAX_OFFSET_HOURS && minutes >= 0 && minutes < 60;
        return isOffset ? sign * (hours * 60 + minutes) * 60 : Integer.MIN_VALUE;
    }

    private boolean isSkipped(String name) {
        boolean isFound = text.regionMatches(true, position, name, 0, name.length());
        position += isFound ? name.length() : 0;
        return isFound;
    }

    private boolean skipBlanks() {
        int start = position;
        while (next() == ' ') {
            position++;
        }
        return position > start;
    }

    /** Reads a number of this many digits; {@link #NONE} if there are fewer. */
    private int digits(int count) {
        int number = 0;
        for (int end = position + count; position < end; position++) {
            if (!isDigit(next())) {
                return NONE;
            }
            number = number * 10 + next() - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isAtEnd() {
        return position == text.length();
    }

    /** The next character; NUL at the end. */
    private char next() {
        return position < text.length() ? text.charAt(position) : '\0';
    }
}
