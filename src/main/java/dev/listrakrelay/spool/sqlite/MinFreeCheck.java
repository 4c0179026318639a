package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.settings.ConfiguredName;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds a value of {@code spool.min-free} that protects nothing, because a spool's log alone can take more. */
public final class MinFreeCheck {

    private static final String KEY = "spool.min-free";

    /** The largest size of a log in bytes, see {@link Checkpoints}. */
    private static final long MOST_OF_A_LOG = 64L * 1024 * 1024;

    private MinFreeCheck() {}

    /** @param value returns the value of a key, if it is set */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        return value
                .apply(KEY)
                .filter(MinFreeCheck::isTooSmall)
                .map(found -> ConfiguredName.withVariable(KEY, ConfiguredName.variableOf(KEY))
                        + ": expected 0 for no minimum, or at least 64M, because a spool's log can take that much; found "
                        + found)
                .stream()
                .toList();
    }

    private static boolean isTooSmall(String size) {
        try {
            long bytes = new MemorySizeConverter().convert(size).asLongValue();
            return bytes != 0 && bytes < MOST_OF_A_LOG;
        } catch (IllegalArgumentException noSize) {
            return false;
        }
    }
}
