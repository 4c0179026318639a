package dev.listrakrelay.start;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Reports the relay as started once Camel and every route with {@code autoStartup} have started. */
@Startup
@ApplicationScoped
public class RoutesHealth implements HealthCheck {

    private final CamelContext camel;

    RoutesHealth(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> notStarted = camel.getRoutes().stream()
                .filter(Route::isAutoStartup)
                .map(Route::getRouteId)
                .filter(id -> !camel.getRouteController().getRouteStatus(id).isStarted())
                .toList();
        return HealthCheckResponse.named("routes started")
                .status(camel.isStarted() && notStarted.isEmpty())
                .withData("not started", String.join(", ", notStarted))
                .build();
    }
}
