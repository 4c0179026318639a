package dev.listrakrelay.http;

import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Prevents request smuggling. If two servers could disagree where a request ends, the relay refuses it and closes the
 * connection (RFC 9112, 6.1 and 6.3). Bytes that follow are never read as the next request. A request with two Host
 * headers is refused, too.
 */
@ApplicationScoped
public class RequestSmugglingGuard {

    private static final int BEFORE_ALL_OTHERS = 400;
    private static final AttributeKey<Boolean> IS_LAST = AttributeKey.valueOf("dev.listrakrelay.last-request");

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_OTHERS);
    }

    private void check(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (isLast(request.connection())) {
            request.connection().close();
            return;
        }
        MultiMap headers = request.headers();
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!encodings.isEmpty() && !isChunked(encodings)) {
            makeLast(http);
            refuse(http, 501, "Transfer-Encoding: repeated or unknown, expected chunked or none");
        } else if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            makeLast(http);
            refuse(http, 400, "Host: sent more than once, expected one header");
        } else {
            http.next();
        }
    }

    private static boolean isChunked(List<String> encodings) {
        return encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private static void refuse(RoutingContext http, int status, String error) {
        HttpErrors.answer(http, status, error);
        close(http);
    }

    /** Closes the connection if this is its last request. Call it when the request is answered and fully read. */
    static void close(RoutingContext http) {
        if (isLast(http.request().connection())) {
            http.request().connection().close();
        }
    }

    private static boolean isLast(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().hasAttr(IS_LAST);
    }

    private static void makeLast(RoutingContext http) {
        ((ConnectionBase) http.request().connection()).channel().attr(IS_LAST).set(true);
        http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
}
