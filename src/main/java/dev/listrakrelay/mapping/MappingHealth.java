package dev.listrakrelay.mapping;

import dev.listrakrelay.log.Plural;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports the active mapping. The check is always up: if a changed file is rejected, the previous mapping stays
 * active.
 */
@Readiness
@ApplicationScoped
public class MappingHealth implements HealthCheck {

    private final CurrentMapping mapping;

    MappingHealth(CurrentMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health = HealthCheckResponse.named("mapping")
                .up()
                .withData("file", mapping.name())
                .withData("since", mapping.active().since().toString());
        mapping.rejected()
                .ifPresent(rejected -> health.withData(
                        "refused",
                        Plural.of(rejected.mistakes().size(), "mistake") + " since " + rejected.since()
                                + ", see the log"));
        return health.build();
    }
}
