package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.List;
import java.util.Locale;

/**
 * Says which events a rule takes.
 *
 * @param type one of {@link Event#TYPES}
 * @param names event names as {@link #comparable} gives them; empty for any name
 */
public record When(String type, List<String> names) {

    public When {
        names = names.stream().map(When::comparable).distinct().toList();
    }

    /** The name as it is compared: without space around it, and upper case like lower case. */
    static String comparable(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
