package dev.listrakrelay.spool;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The texts that programs send for an id they don't know, such as {@code undefined}: events that share one share nobody. */
public final class StandIns {

    private final Set<String> texts;

    /** @param texts in any case */
    public StandIns(Collection<String> texts) {
        this.texts = texts.stream().map(StandIns::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Those that are configured. */
    public static StandIns of(IdentityConfig config) {
        return new StandIns(config.standInIds().orElse(List.of()));
    }

    /** Whether it is one of them, or nothing that can be seen. */
    public boolean contains(String id) {
        String normal = normal(id);
        return normal.isEmpty() || texts.contains(normal);
    }

    private static String normal(String text) {
        return Invisible.trim(text).toLowerCase(Locale.ROOT);
    }
}
