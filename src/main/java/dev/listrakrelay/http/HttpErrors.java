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
 * Answers failed requests in the server's place. The server would log the full URL and a stack trace for each,
 * although a bad request or a lost connection is no error of the relay.
 */
@ApplicationScoped
public class HttpErrors {

    private static final Logger LOG = Logger.getLogger(HttpErrors.class);

    /** After all handlers that answer their own failures, before the server's handler. */
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
            // usually no client reads it; but the handlers at the end of the request release its memory
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
