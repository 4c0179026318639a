package dev.listrakrelay.queue;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows in the readiness check which sources their brokers refuse. It is always up, because the other sources still work. */
@Readiness
@ApplicationScoped
public class SourcesHealth implements HealthCheck {

    private final SourceRefusals refusals;

    SourcesHealth(SourceRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("source access").up();
        refusals.all()
                .forEach((source, state) ->
                        health.withData(source, "refused since " + state.since() + ", " + state.reason()));
        return health.build();
    }
}
