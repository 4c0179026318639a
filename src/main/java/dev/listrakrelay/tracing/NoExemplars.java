package dev.listrakrelay.tracing;

import io.prometheus.client.exemplars.ExemplarSampler;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Keeps meters from looking for the current span each time that they count: {@code quarkus-opentelemetry} lets them do so, even
 * while tracing is off, and the relay's spans are never current.
 */
@Singleton
public class NoExemplars {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> exemplarSampler() {
        return Optional.empty();
    }
}
