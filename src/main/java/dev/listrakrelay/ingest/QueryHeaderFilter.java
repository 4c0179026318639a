package dev.listrakrelay.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Keeps what stands in the query of a URL from passing for a header: Camel would hand both on alike, and a write key or
 * a signature in a URL is in the log of every proxy.
 */
@ApplicationScoped
public class QueryHeaderFilter {

    private static final List<String> PATHS = List.of("/v1/", "/cloudevents", "/webhooks/");
    private static final int BEFORE_BODIES_ARE_READ = 250;

    void register(@Observes Filters filters) {
        filters.register(this::ignore, BEFORE_BODIES_ARE_READ);
    }

    private void ignore(RoutingContext context) {
        if (PATHS.stream().anyMatch(context.normalizedPath()::startsWith)) {
            // read once, here, and found as it was left by all that ask later
            context.queryParams().clear();
        }
        context.next();
    }
}
