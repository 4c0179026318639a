package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.settings.GivenName;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the floor of free disk, {@code spool.min-free}. A floor that a spool's log alone can exceed protects nothing. */
public final class FloorCheck {

    private static final String KEY = "spool.min-free";

    /** A log grows to this before it is written anew from its beginning, see {@link Checkpoints}. */
    private static final long MOST_OF_A_LOG = 64L * 1024 * 1024;

    private FloorCheck() {}

    /** @param value returns the value of a key, if it is set */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        return value
                .apply(KEY)
                .filter(FloorCheck::isTooSmall)
                .map(found -> GivenName.withVariable(KEY, GivenName.variableOf(KEY))
                        + ": expected 0 for no floor, or 64M or more, which a spool's log may take; found " + found)
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
