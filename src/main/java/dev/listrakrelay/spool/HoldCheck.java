package dev.listrakrelay.spool;

import dev.listrakrelay.settings.ConfiguredName;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds mistakes in {@code identity.hold}: what it needs, and how long it may be. */
public final class HoldCheck {

    private static final String KEY = "identity.hold";
    private static final Duration LONGEST = Duration.ofHours(24);

    private HoldCheck() {}

    /** @param value returns the value of a key, if it is set */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        Duration hold = value.apply(KEY).map(HoldCheck::duration).orElse(Duration.ZERO);
        List<String> mistakes = new ArrayList<>();
        if (hold.isZero()) {
            return mistakes;
        }
        String name = ConfiguredName.withVariable(KEY, ConfiguredName.variableOf(KEY));
        if (hold.isNegative() || hold.compareTo(LONGEST) > 0) {
            mistakes.add(name + ": expected 0 (off) to 24h, found "
                    + value.apply(KEY).orElseThrow());
        }
        if (value.apply("spool.engine").filter("kafka"::equalsIgnoreCase).isPresent()) {
            mistakes.add(name + ": needs spool.engine=sqlite, found kafka; only the embedded engine holds events. Set "
                    + KEY + "=0");
        }
        if (value.apply("identity.enabled").filter("false"::equalsIgnoreCase).isPresent()) {
            mistakes.add(name + ": needs identity.enabled=true, found false; without it, no e-mail is learned");
        }
        return mistakes;
    }

    /** Returns zero for a text that is no duration, because that is reported already. */
    private static Duration duration(String text) {
        try {
            return DurationConverter.parseDuration(text);
        } catch (IllegalArgumentException noDuration) {
            return Duration.ZERO;
        }
    }
}
