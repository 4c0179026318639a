package dev.listrakrelay.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who may post events over HTTP. */
@ConfigMapping(prefix = "source.rest")
public interface RestConfig {

    /** Whether the REST source takes events. */
    @WithDefault("true")
    boolean enabled();

    /** The write keys, each the name of one who may post; needed outside the dev, test and sandbox profiles. */
    Optional<List<String>> writeKeys();

    /** The keys in a comma-separated list, without the blanks around them. */
    static List<String> keys(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }
}
