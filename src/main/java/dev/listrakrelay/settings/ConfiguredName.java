package dev.listrakrelay.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Builds the property keys and environment variables of a webhook, an account or a shape from the name that an operator gave it.
 *
 * @param prefix the start of its keys, such as {@code webhook}
 * @param name lower-case letters and digits, with single hyphens between them
 */
public record ConfiguredName(String prefix, String name) {

    private static final Pattern VALID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Describes what is wrong with the name, as <em>where: what, expected</em>; empty if it is valid. */
    public Optional<String> mistake() {
        return VALID.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(this
                        + ": invalid name, expected lower-case letters and digits, with single hyphens between them");
    }

    /** Returns one of its keys, such as {@code webhook.orders.secret}. */
    public String key(String last) {
        return this + "." + last;
    }

    /**
     * Returns the environment variable that sets the key. An upper-case variable can't show a hyphen of the name, so the
     * variable of such a name is the key itself.
     */
    public String variable(String last) {
        return name.contains("-") ? key(last) : variableOf(key(last));
    }

    /** Returns the key as messages show it: with its environment variable in parentheses, if that has a different name. */
    public static String withVariable(String key, String variable) {
        return variable.equals(key) ? key : key + " (" + variable + ")";
    }

    /** Returns the environment variable that sets a key, by MicroProfile's rule. */
    public static String variableOf(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Returns the last segment of a path; a slash at the end of the path is ignored. */
    public static String lastSegment(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** Returns the start of all its keys, such as {@code webhook.orders}. */
    @Override
    public String toString() {
        return prefix + "." + name;
    }
}
