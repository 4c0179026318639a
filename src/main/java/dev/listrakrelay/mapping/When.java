package dev.listrakrelay.mapping;

import java.util.List;
import java.util.Locale;

/**
 * Says which events a rule takes.
 *
 * @param type one of {@link #TYPES}
 * @param names event names as {@link #comparable} gives them; empty for any name
 */
public record When(String type, List<String> names) {

    /** The calls of Segment's tracking API. */
    public static final List<String> TYPES = List.of("track", "page", "screen", "identify", "group", "alias");

    public When {
        names = names.stream().map(When::comparable).distinct().toList();
    }

    /** The name as it is compared: without space around it, and upper case like lower case. */
    static String comparable(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
