package dev.listrakrelay.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Answers failed requests instead of the server. The server would log the full URL and a stack trace for each,
 * although a bad request or a lost connection is no error of the relay.
 */
@ApplicationScoped
public class HttpErrors {

    private static final Logger LOG = Logger.getLogger(HttpErrors.class);

    /** After all handlers that answer their own failures, before the server's handler. */
    private static final int BEFORE_SERVER_HANDLER = Integer.MAX_VALUE - 1;

    void register(@Observes Router router) {
        router.route().order(BEFORE_SERVER_HANDLER).failureHandler(HttpErrors::handleFailure);
    }

    void register(@Observes ManagementInterface management) {
        register(management.router());
    }

    private static void handleFailure(RoutingContext http) {
        Throwable failure = http.failure();
        int status = http.statusCode();
        if (failure == null) {
            http.next();
        } else if (http.response().ended()) {
            LOG.debug("HTTP request: failed after its answer was sent", failure);
        } else if (http.response().closed() || isConnectionLost(failure)) {
            LOG.debug("HTTP request: connection lost", failure);
            // usually no client reads the answer, but the handlers at its end release the request's memory
            end(http);
        } else if (status >= 400 && status < 500) {
            answer(http, status, "request: malformed, expected valid HTTP with one Host header");
        } else {
            LOG.error("HTTP request: failed with an internal error, answered with status 500", failure);
            end(http);
        }
    }

    private static void end(RoutingContext http) {
        if (!http.response().headWritten()) {
            http.response().setStatusCode(500);
        }
        http.response().end();
    }

    private static boolean isConnectionLost(Throwable failure) {
        // HttpClosedException and StreamResetException have no common type of their own
        return failure instanceof IOException
                || failure.getClass().getPackageName().equals("io.vertx.core.http");
    }

    /** Answers with a status and the {@link ErrorFields}. */
    static void answer(RoutingContext http, int status, String error) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(ErrorFields.addTo(JsonNodeFactory.instance.objectNode(), status, error)
                        .toString());
    }
}
