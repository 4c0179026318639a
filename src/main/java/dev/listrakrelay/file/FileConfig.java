package dev.listrakrelay.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the file source. */
@ConfigMapping(prefix = "source.file")
public interface FileConfig {

    /** Whether the file source is on. */
    @WithDefault("false")
    boolean enabled();

    /** The folder to read files from. It must exist, and the relay must be able to write to it. Required. */
    Optional<Path> dir();
}
