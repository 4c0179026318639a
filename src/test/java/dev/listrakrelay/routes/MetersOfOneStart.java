package dev.listrakrelay.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Deletes the meters when the relay stops. Otherwise the next relay in this JVM would reuse them and not see its own.
 */
@ApplicationScoped
public class MetersOfOneStart {

    void forget(@Observes ShutdownEvent stop, MeterRegistry meters) {
        meters.clear();
    }
}
