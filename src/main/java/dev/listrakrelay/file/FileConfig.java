package dev.listrakrelay.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Which folder files with events are dropped into. */
@ConfigMapping(prefix = "source.file")
public interface FileConfig {

    /** Whether the file source takes events. */
    @WithDefault("false")
    boolean enabled();

    /** The folder; it is there, and may be written to. Needed. */
    Optional<Path> dir();
}
