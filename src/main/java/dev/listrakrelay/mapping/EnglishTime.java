package dev.listrakrelay.mapping;

import java.time.Month;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts a time with an English month name to ISO 8601. It knows the formats of RFC 1123, RFC 2822 and RFC 850, of
 * C's asctime and Unix's date, and of Java's and JavaScript's toString.
 */
final class EnglishTime {

    private static final String WEEKDAY = "(?:[A-Za-z]{3,9},? +)?";
    private static final String MONTH = "(?<month>[A-Za-z]{3,9})";
    private static final String DAY = "(?<day>[0-9]{1,2})";
    private static final String TIME = "(?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?[.,0-9]*)";
    private static final String ZONE = "(?: *(?<zone>[A-Za-z+-].*))?";

    private static final Pattern DAY_FIRST =
            Pattern.compile(WEEKDAY + DAY + "[ -]" + MONTH + "[ -](?<year>[0-9]{4}|[0-9]{2}),? +" + TIME + ZONE);
    private static final Pattern MONTH_FIRST =
            Pattern.compile(WEEKDAY + MONTH + " +" + DAY + ",? +(?<year>[0-9]{4}),? +" + TIME + ZONE);
    private static final Pattern YEAR_LAST = Pattern.compile(
            WEEKDAY + MONTH + " +" + DAY + " +" + TIME + "(?: +(?<zone>[A-Za-z+-][^ ]*))? +(?<year>[0-9]{4})");

    /** The zone names that RFC 5322 (4.3) defines. */
    private static final Map<String, String> ZONES = Map.of(
            "EST", "-0500", "EDT", "-0400", "CST", "-0600", "CDT", "-0500", "MST", "-0700", "MDT", "-0600", "PST",
            "-0800", "PDT", "-0700");

    private EnglishTime() {}

    /** Returns the time for {@link IsoTime} to read; null if the text has none of the formats. */
    static String iso(String text) {
        for (Pattern pattern : new Pattern[] {DAY_FIRST, MONTH_FIRST, YEAR_LAST}) {
            Matcher found = pattern.matcher(text);
            int month = found.matches() ? month(found.group("month")) : 0;
            if (month > 0) {
                String zone = found.group("zone") == null ? "" : found.group("zone");
                return String.format(
                                Locale.ROOT,
                                "%s-%02d-%02d %s %s",
                                year(found.group("year")),
                                month,
                                Integer.parseInt(found.group("day")),
                                found.group("time"),
                                ZONES.getOrDefault(zone, zone))
                        .strip();
            }
        }
        return null;
    }

    private static int month(String name) {
        for (Month month : Month.values()) {
            if (month.name().regionMatches(true, 0, name, 0, name.length())) {
                return month.getValue();
            }
        }
        return 0;
    }

    /** Two digits mean a year from 1970 to 2069. */
    private static String year(String digits) {
        if (digits.length() == 4) {
            return digits;
        }
        return (Integer.parseInt(digits) < 70 ? "20" : "19") + digits;
    }
}
