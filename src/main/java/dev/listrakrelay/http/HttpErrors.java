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
 * Answers requests that failed, in the server's stead, which would log the whole URL of each, and a stack trace: a caller's
 * mistake and a connection that is gone are nobody's error here.
 */
@ApplicationScoped
public class HttpErrors {

    private static final Logger LOG = Logger.getLogger(HttpErrors.class);

    /** Behind all that answer failures of their own, before the server's. */
    private static final int LAST_BUT_ONE = Integer.MAX_VALUE - 1;

    void open(@Observes Router router) {
        router.route().order(LAST_BUT_ONE).failureHandler(HttpErrors::failed);
    }

    void open(@Observes ManagementInterface management) {
        open(management.router());
    }

    private static void failed(RoutingContext http) {
        Throwable failure = http.failure();
        int status = http.statusCode();
        if (failure == null) {
            http.next();
        } else if (http.response().ended()) {
            LOG.debug("failed after its answer", failure);
        } else if (http.response().closed() || isConnectionLost(failure)) {
            LOG.debug("connection lost", failure);
            // most often nobody reads it; but what was held for the request is let go
            end(http);
        } else if (status >= 400 && status < 500) {
            answer(http, status, "request: not well-formed, expected HTTP with one Host");
        } else {
            LOG.error("a request failed", failure);
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
        // HttpClosedException and StreamResetException have no type in common
        return failure instanceof IOException
                || failure.getClass().getPackageName().equals("io.vertx.core.http");
    }

    /** Answers with this error, and nothing else. */
    static void answer(RoutingContext http, int status, String error) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(ErrorFields.addTo(JsonNodeFactory.instance.objectNode(), status, error)
                        .toString());
    }
}
