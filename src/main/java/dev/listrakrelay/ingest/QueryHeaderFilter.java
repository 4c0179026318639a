package dev.listrakrelay.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Removes the query parameters of a request. Camel would treat them as headers, and every proxy logs the write key or
 * signature in a URL.
 */
@ApplicationScoped
public class QueryHeaderFilter {

    private static final List<String> PATHS = List.of("/v1/", "/cloudevents", "/webhooks/");
    private static final int BEFORE_BODIES_ARE_READ = 250;

    void register(@Observes Filters filters) {
        filters.register(this::clear, BEFORE_BODIES_ARE_READ);
    }

    private void clear(RoutingContext context) {
        if (PATHS.stream().anyMatch(context.normalizedPath()::startsWith)) {
            // Vert.x parses them once; later readers get this cleared map
            context.queryParams().clear();
        }
        context.next();
    }
}
