package dev.listrakrelay.mapping;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which mapping decides what Listrak gets. */
@ConfigMapping(prefix = "mapping")
public interface MappingConfig {

    /** A mapping file; the baked-in {@code routes/mappings/listrak.mapping.yaml} where none is named. */
    Optional<Path> file();
}
