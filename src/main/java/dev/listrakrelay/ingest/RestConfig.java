package dev.listrakrelay.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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

    /** Splits a comma-separated list of keys, and trims each. */
    static List<String> keys(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }
}
