package dev.listrakrelay.mapping;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Configures the mapping file. */
@ConfigMapping(prefix = "mapping")
public interface MappingConfig {

    /** The mapping file; if unset, the built-in {@code routes/mappings/listrak.mapping.yaml}. */
    Optional<Path> file();
}
