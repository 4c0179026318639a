package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.listrakrelay.http.ErrorFields;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers requests that reach no route or are too large, with the reason in the {@link ErrorFields}. */
@ApplicationScoped
public class HttpErrorAnswers {

    /** After the server's CORS filter (300), so that a browser can read the answer. */
    private static final int BEFORE_BODIES_ARE_READ = 251;

    /** Paths with the limit of an event request, which is lower than the server's limit. */
    private static final List<String> EVENTS = List.of("/v1/", "/cloudevents");

    private final long mostBytes;

    HttpErrorAnswers(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.mostBytes = mostBytes.asLongValue();
    }

    void answer(@Observes Router router) {
        router.errorHandler(404, http -> answer(http, 404, UnreadableRequest.UNKNOWN_CALL));
        router.errorHandler(405, http -> answer(http, 405, "method: not allowed, expected POST"));
        // before the server's own handler, which answers without a reason
        router.route().order(-1).failureHandler(this::answerTooLarge);
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseLarge, BEFORE_BODIES_ARE_READ);
    }

    /** Refuses a body by its Content-Length, before it is read. The server would do so without a reason. */
    private void refuseLarge(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() < 19 && Long.parseLong(length) > mostBytes) {
            tooLarge(http);
        } else {
            http.next();
        }
    }

    private void answerTooLarge(RoutingContext http) {
        if (http.statusCode() == 413) {
            tooLarge(http);
        } else {
            http.next();
        }
    }

    private void tooLarge(RoutingContext http) {
        http.response().putHeader(HttpHeaders.CONNECTION, "close");
        boolean isEvents = EVENTS.stream().anyMatch(http.normalizedPath()::startsWith);
        long limit = isEvents ? RequestReader.MAX_REQUEST_BYTES : mostBytes;
        answer(http, 413, "body: too large, expected at most " + limit + " bytes");
    }

    private static void answer(RoutingContext http, int status, String error) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(ErrorFields.addTo(JsonNodeFactory.instance.objectNode(), status, error)
                        .toString());
    }
}
