package dev.listrakrelay.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.regex.Pattern;

/**
 * Takes line breaks off the end of every secret, key, token and password, and of client ids. A Kubernetes Secret that was made
 * with {@code echo} or from a file ends with one, which no caller ever sends.
 */
@Priority(Secrets.AFTER_EXPRESSIONS)
public final class Secrets implements ConfigSourceInterceptor {

    static final int AFTER_EXPRESSIONS = 4_000;

    private static final Pattern KEY = Pattern.compile(
            "(?:listrak|spool|source|webhook|admin)\\..*(?:secret|password|keys|token|client-id)(?:\\[\\d+])?");
    private static final Pattern LINE_BREAKS_AT_THE_END = Pattern.compile("[\\r\\n]+$");

    /** Whether the value under this key may not be shown. */
    public static boolean isSecret(String key) {
        return KEY.matcher(key).matches() && !key.endsWith("client-id");
    }

    /** Whether a secret has a line break that is not at its end: nobody could send it. */
    public static boolean hasLineBreak(String key, String value) {
        return KEY.matcher(key).matches() && value.lines().skip(1).findAny().isPresent();
    }

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue found = context.proceed(name);
        if (found == null || found.getValue() == null || !KEY.matcher(name).matches()) {
            return found;
        }
        return found.withValue(LINE_BREAKS_AT_THE_END.matcher(found.getValue()).replaceFirst(""));
    }
}
