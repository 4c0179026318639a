package dev.listrakrelay.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Forgets the meters when the relay stops: the next one that starts in this JVM would find them, and not see its own. */
@ApplicationScoped
public class MetersOfOneStart {

    void forget(@Observes ShutdownEvent stop, MeterRegistry meters) {
        meters.clear();
    }
}
