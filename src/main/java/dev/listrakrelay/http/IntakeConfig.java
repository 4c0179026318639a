package dev.listrakrelay.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Limits the memory and time of requests until their bodies are complete. */
@ConfigMapping(prefix = "intake")
public interface IntakeConfig {

    /** The limit for the bytes of all bodies in progress; at least 8 MB. If unset, an eighth of the heap. */
    Optional<MemorySize> bodyBudget();

    /** The time limit for the headers of a request, from its first byte, or from the start of the connection. */
    @WithDefault("10s")
    Duration headersTimeout();

    /** The time limit for a body, from the end of the headers. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** Whether the server accepts HTTP/2 without TLS. */
    @WithDefault("false")
    boolean http2ClearText();
}
