package dev.listrakrelay.admin;

import dev.listrakrelay.settings.Secrets;
import java.util.regex.Pattern;

/** Shows values of settings without what is secret in them. */
final class ShownValue {

    private static final String HIDDEN = "••••";
    private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s,]*@");
    private static final Pattern QUERY = Pattern.compile("\\?[^\\s,]*");
    private static final Pattern SECRET_LOOKING =
            Pattern.compile("(?i).*(secret|password|passwd|token|credential|private|\\bkeys?$|write-keys).*");

    private ShownValue() {}

    /** Whether nothing of the value may be shown. */
    static boolean isSecret(String key) {
        return Secrets.isSecret(key) || SECRET_LOOKING.matcher(key).matches() && !key.endsWith("auth-url");
    }

    /** The value under a key as anyone may see it; null where there is none. */
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

    /** A URL without its query, and without the user in it. */
    static String withoutQuery(String url) {
        return QUERY.matcher(USER.matcher(url).replaceAll("")).replaceAll("");
    }
}
