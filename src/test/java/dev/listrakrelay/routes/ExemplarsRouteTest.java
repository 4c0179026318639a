package dev.listrakrelay.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.tracing.Tracing;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** While tracing is off, no library of traces does anything per event. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class ExemplarsRouteTest {

    @Inject
    Optional<ExemplarSampler> ofMeters;

    @Inject
    Tracing tracing;

    @Test
    void metersDoNotLookForASpan() {
        assertEquals(false, tracing.isOn());
        assertEquals(Optional.empty(), ofMeters);
    }
}
