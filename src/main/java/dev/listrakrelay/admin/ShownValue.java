package dev.listrakrelay.admin;

import dev.listrakrelay.settings.Secrets;
import java.util.regex.Pattern;

/** Hides secrets in the values of settings. */
final class ShownValue {

    private static final String HIDDEN = "••••";
    private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s,]*@");
    private static final Pattern QUERY = Pattern.compile("\\?[^\\s,]*");
    private static final Pattern SECRET_LOOKING =
            Pattern.compile("(?i).*(secret|password|passwd|token|credential|private|\\bkeys?$|write-keys).*");

    private ShownValue() {}

    /** Returns true if the whole value has to be hidden. */
    static boolean isSecret(String key) {
        return Secrets.isSecret(key) || SECRET_LOOKING.matcher(key).matches() && !key.endsWith("auth-url");
    }

    /** Returns the value of a key with its secrets hidden; null if there is no value. */
    static String of(String key, String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (isSecret(key)) {
            return HIDDEN;
        }
        return value.contains("://")
                ? QUERY.matcher(USER.matcher(value).replaceAll(HIDDEN + "@")).replaceAll("?" + HIDDEN)
                : value;
    }

    /** Returns a URL without its query and without its user. */
    static String withoutQuery(String url) {
        return QUERY.matcher(USER.matcher(url).replaceAll("")).replaceAll("");
    }
}
