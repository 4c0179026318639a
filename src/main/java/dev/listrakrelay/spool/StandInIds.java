package dev.listrakrelay.spool;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognizes stand-in ids, such as {@code undefined}: texts that programs send instead of an id. */
public final class StandInIds {

    private final Set<String> texts;

    /** @param texts in upper or lower case */
    public StandInIds(Collection<String> texts) {
        this.texts = texts.stream().map(StandInIds::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the configured stand-in ids. */
    public static StandInIds of(IdentityConfig config) {
        return new StandInIds(config.standInIds().orElse(List.of()));
    }

    /** Whether an id is a stand-in or has no visible characters. */
    public boolean contains(String id) {
        String normal = normal(id);
        return normal.isEmpty() || texts.contains(normal);
    }

    private static String normal(String text) {
        return InvisibleCharacters.trim(text).toLowerCase(Locale.ROOT);
    }
}
