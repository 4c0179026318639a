package dev.listrakrelay.alert;

import dev.listrakrelay.settings.ConfiguredName;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks the settings of alerts, except for the type of each value. No message contains the address, because it is a secret. */
public final class AlertsCheck {

    private static final String SHORTEST = "1s";

    private AlertsCheck() {}

    /**
     * Returns the mistakes, each as <em>where: what, expected, found</em>.
     *
     * @param quiet the names of the events that must arrive regularly
     * @param values returns a configured value by its key
     */
    public static List<String> mistakes(Collection<String> quiet, Function<String, Optional<String>> values) {
        List<String> mistakes = new ArrayList<>();
        boolean isPrivateAllowed =
                values.apply("alerts.allow-private").map(Boolean::parseBoolean).orElse(false);
        values.apply("alerts.url")
                .filter(url -> !isPrivateAllowed && url.startsWith("http://"))
                .ifPresent(url -> mistakes.add(
                        "alerts.url (ALERTS_URL): expected https, found http; or set alerts.allow-private=true"));
        List<ConfiguredName> names = quiet.stream()
                .map(name -> new ConfiguredName("alerts.quiet", name))
                .toList();
        names.forEach(name -> name.mistake().ifPresent(mistakes::add));
        Stream.concat(
                        Stream.of(
                                "alerts.check-interval",
                                "alerts.reminder",
                                "alerts.old-pending",
                                "alerts.dead-letters"),
                        names.stream().map(name -> name.key("longest")))
                .filter(key -> values.apply(key).filter(AlertsCheck::isTooShort).isPresent())
                .map(key -> key + ": expected " + SHORTEST + " or longer, found "
                        + values.apply(key).orElseThrow())
                .forEach(mistakes::add);
        return mistakes;
    }

    private static boolean isTooShort(String text) {
        try {
            Duration duration = DurationConverter.parseDuration(text);
            return duration != null && duration.compareTo(DurationConverter.parseDuration(SHORTEST)) < 0;
        } catch (IllegalArgumentException reportedElsewhere) {
            return false;
        }
    }
}
