package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells callers whose request reaches no route why, as {@code {"error":"where: what, expected"}}. */
@ApplicationScoped
public class StrayRequests {

    /** And after the server's CORS filter (300), so that a browser may read the answer. */
    private static final int BEFORE_BODIES_ARE_READ = 251;

    private final long mostBytes;

    StrayRequests(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.mostBytes = mostBytes.asLongValue();
    }

    void answer(@Observes Router router) {
        router.errorHandler(404, http -> answer(http, 404, UnreadableRequest.UNKNOWN_CALL));
        router.errorHandler(405, http -> answer(http, 405, "method: expected POST"));
        // before the server's own, which says nothing
        router.route().order(-1).failureHandler(this::stoppedReading);
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseLarge, BEFORE_BODIES_ARE_READ);
    }

    /** Does what the server would, but with the reason: a body that says how long it is need not be read. */
    private void refuseLarge(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() < 19 && Long.parseLong(length) > mostBytes) {
            tooLarge(http);
        } else {
            http.next();
        }
    }

    private void stoppedReading(RoutingContext http) {
        if (http.statusCode() == 413) {
            tooLarge(http);
        } else {
            http.next();
        }
    }

    private void tooLarge(RoutingContext http) {
        http.response().putHeader(HttpHeaders.CONNECTION, "close");
        answer(http, 413, "body: too large, expected at most " + RequestReader.MOST_REQUEST_BYTES + " bytes");
    }

    private static void answer(RoutingContext http, int status, String error) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonNodeFactory.instance.objectNode().put("error", error).toString());
    }
}
