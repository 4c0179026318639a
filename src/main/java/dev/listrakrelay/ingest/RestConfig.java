package dev.listrakrelay.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Configures who may post events over HTTP. */
@ConfigMapping(prefix = "source.rest")
public interface RestConfig {

    /** Whether the REST source accepts events. */
    @WithDefault("true")
    boolean enabled();

    /** The write keys, one for each sender; required outside the dev, test and sandbox profiles. */
    Optional<List<String>> writeKeys();

    /** The most events of each key that this process stores in a second, on average; empty: any number. */
    @Min(1)
    @Max(1_000_000)
    Optional<Long> maxEventsPerSecond();

    /** The events that a quiet key may post at once, beyond that rate; empty: as many as in 10 s. */
    @Min(1)
    @Max(10_000_000)
    Optional<Long> burst();

    /** Returns all keys, in the order of the setting. */
    static List<String> allKeys(RestConfig config) {
        return config.writeKeys().orElse(List.of()).stream()
                .flatMap(list -> keys(list).stream())
                .toList();
    }

    /** Splits a comma-separated list of keys, and trims each. */
    static List<String> keys(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }
}
