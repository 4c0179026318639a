package dev.listrakrelay.settings;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import jakarta.annotation.Priority;
import java.util.regex.Pattern;

/**
 * Removes line breaks at the end of secrets, keys, tokens, passwords, client ids and the address of alerts. A Kubernetes Secret that was made with
 * {@code echo} or from a file ends with a line break, and no caller sends it.
 */
@Priority(Secrets.AFTER_EXPRESSIONS)
public final class Secrets implements ConfigSourceInterceptor {

    static final int AFTER_EXPRESSIONS = 4_000;

    private static final Pattern KEY = Pattern.compile(
            "(?:listrak|spool|source|webhook|admin|delivery-log)\\..*(?:secret|password|keys|token|client-id)(?:\\[\\d+])?"
                    + "|alerts\\.(?:url|authorization)");
    private static final Pattern LINE_BREAKS_AT_THE_END = Pattern.compile("[\\r\\n]+$");

    /** Returns true if the value of this key must not be shown. */
    public static boolean isSecret(String key) {
        return KEY.matcher(key).matches() && !key.endsWith("client-id");
    }

    /** Returns true if a secret has a line break before its end, because no caller could send it. */
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
