package dev.listrakrelay.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Lets JSON through that calls itself something else: SDKs label it as a form, browsers' {@code sendBeacon} as text.
 *
 * <p>Without this a form's body never reaches a route: the server takes it apart first.
 */
@ApplicationScoped
public class MislabelledBodies {

    private static final List<String> JSON_ALONE = List.of("/v1/", "/webhooks/");
    private static final int BEFORE_BODIES_ARE_READ = 250;

    void register(@Observes Filters filters) {
        filters.register(this::relabel, BEFORE_BODIES_ARE_READ);
    }

    private void relabel(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() == HttpMethod.POST && JSON_ALONE.stream().anyMatch(request.path()::startsWith)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }
}
