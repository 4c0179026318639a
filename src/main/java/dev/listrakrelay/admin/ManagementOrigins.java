package dev.listrakrelay.admin;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Rejects requests from pages of foreign origins to the management port: to {@code /admin}, health and metrics. */
@ApplicationScoped
public class ManagementOrigins {

    /** Quarkus' own handler allows every origin, and no setting switches it off. */
    private static final String OF_QUARKUS = "CorsHandler";

    void open(@Observes ManagementInterface management) {
        Router router = management.router();
        router.getRoutes().stream()
                .filter(route -> route.toString().contains(OF_QUARKUS))
                .forEach(Route::disable);
        router.route().order(Integer.MIN_VALUE).handler(ManagementOrigins::check);
    }

    private static void check(RoutingContext http) {
        String origin = http.request().getHeader("Origin");
        if (origin == null || isOwn(origin, http.request())) {
            http.next();
        } else {
            AdminAnswer.error(http, 403, "Origin: expected the management port's own or none, found another");
        }
    }

    private static boolean isOwn(String origin, HttpServerRequest request) {
        HostAndPort own = request.authority();
        return own != null && origin.equalsIgnoreCase(request.scheme() + "://" + own);
    }
}
