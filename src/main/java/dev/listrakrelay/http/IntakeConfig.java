package dev.listrakrelay.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much memory and time requests may take before they are whole. */
@ConfigMapping(prefix = "intake")
public interface IntakeConfig {

    /** The most bytes of all bodies under way; without it an eighth of the heap, and never less than 8 MB. */
    Optional<MemorySize> bodyBudget();

    /** How long the head of a request may take, from its first byte, or from the connection, to its last. */
    @WithDefault("10s")
    Duration headersTimeout();

    /** How long a body may take, from the end of the head. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** Whether HTTP/2 is spoken without TLS. */
    @WithDefault("false")
    boolean http2ClearText();
}
