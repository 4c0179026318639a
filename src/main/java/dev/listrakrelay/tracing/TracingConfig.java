package dev.listrakrelay.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.Optional;

/** Says where traces go, and which requests get one. Without an endpoint, there are no traces. */
@ConfigMapping(prefix = "tracing")
public interface TracingConfig {

    String ENDPOINT = "tracing.endpoint";

    /** The base address of a collector for OTLP over HTTP, such as {@code http://collector:4318}. */
    Optional<URI> endpoint();

    /** The share of the requests without {@code traceparent} that get a trace, from 0 to 1. Else the caller decides. */
    @WithDefault("1")
    @Min(0)
    @Max(1)
    double sample();

    /** Whether requests to Listrak and to third parties have the header {@code traceparent}. */
    @WithDefault("false")
    boolean propagate();
}
