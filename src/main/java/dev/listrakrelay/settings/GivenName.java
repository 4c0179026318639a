package dev.listrakrelay.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that an operator gave to one of many: a webhook, an account, a shape.
 *
 * @param prefix what the keys of all of them begin with, such as {@code webhook}
 */
public record GivenName(String prefix, String name) {

    private static final Pattern GOOD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** What is wrong with it, as <em>where: what, expected</em>; empty if nothing is. */
    public Optional<String> mistake() {
        return GOOD.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(this + ": name, expected small letters, digits and single hyphens between them");
    }

    /** One of its keys, such as {@code webhook.orders.secret}. */
    public String key(String last) {
        return this + "." + last;
    }

    /** What sets that key: an upper-case variable can't say where a hyphen of the name was, one of the key's own name can. */
    public String variable(String last) {
        return name.contains("-") ? key(last) : variableOf(key(last));
    }

    /** A key as a mistake names it: with the variable that sets it, where that is called otherwise. */
    public static String told(String key, String variable) {
        return variable.equals(key) ? key : key + " (" + variable + ")";
    }

    /** The environment variable that sets a key, after MicroProfile's rule. */
    public static String variableOf(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The last part of a path, with or without a slash behind it. */
    public static String lastOf(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** What all its keys begin with. */
    @Override
    public String toString() {
        return prefix + "." + name;
    }
}
