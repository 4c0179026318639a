package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A property that an event has.
 *
 * @param source the names that lead to the object with the event's properties, such as {@code properties}
 * @param names the names from there; more than one if the property is inside of another
 * @param value its value; never null
 */
record Property(List<String> source, List<String> names, JsonNode value) {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");
    private static final Pattern NOT_IN_KEYS = Pattern.compile("[^\\p{L}\\p{N}]");

    /** How well the name of a property matches the name of a field, the best first. */
    enum Match {
        EXACT,
        SAME_WORDS,
        WHOLE_PATH,
        LAST_NAME
    }

    String top() {
        return names.get(0);
    }

    boolean isNested() {
        return names.size() > 1;
    }

    /** Its path as in a mapping file, such as {@code $.properties['Order ID']}. */
    String path() {
        List<String> all = new ArrayList<>(source);
        all.addAll(names);
        return path(all);
    }

    /** Writes names as a path, such as {@code $.properties['Order ID']}. */
    static String path(List<String> names) {
        StringBuilder path = new StringBuilder("$");
        for (String name : names) {
            path.append(PLAIN.matcher(name).matches() ? "." + name : "['" + name + "']");
        }
        return path.toString();
    }

    /** Returns how well it matches a field whose key is one of its own. */
    Match match(String field) {
        if (!isNested()) {
            return top().equals(field) ? Match.EXACT : Match.SAME_WORDS;
        }
        return key(String.join("", names)).equals(key(field)) ? Match.WHOLE_PATH : Match.LAST_NAME;
    }

    /** Returns what a name keeps if upper case and separators don't count: {@code orderid} for {@code Order ID}. */
    static String key(String name) {
        return NOT_IN_KEYS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
