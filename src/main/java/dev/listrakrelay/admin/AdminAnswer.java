package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Sends answers as JSON, and errors as {@code {"error":"where: what, expected, found"}}. */
final class AdminAnswer {

    private static final Logger LOG = Logger.getLogger(AdminAnswer.class);

    private static final String JSON = "application/json";

    private AdminAnswer() {}

    /** Returns a page of results; {@code next} is the position of the next page, if there may be one. */
    static <T> ObjectNode page(
            String name, AdminPages.Page<T> page, Function<AdminPages.SpoolItem<T>, ObjectNode> line) {
        ObjectNode json = AdminJson.object();
        json.set(name, lines(page, line));
        page.next().ifPresent(next -> json.set("next", next));
        return json;
    }

    /** Returns an entry for each result, with the name of its spool. */
    static <T> ArrayNode lines(AdminPages.Page<T> page, Function<AdminPages.SpoolItem<T>, ObjectNode> line) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        page.found().forEach(found -> lines.add(line.apply(found).put("spool", found.spool())));
        return lines;
    }

    static void send(RoutingContext http, JsonNode body) {
        send(http, 200, JSON, body.toString());
    }

    /** Sends an answer. Addresses in JSON are masked for a caller with the read token. */
    static void send(RoutingContext http, int status, String type, String body) {
        boolean isMasked = type.equals(JSON) && AdminRights.isMasked(http);
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(isMasked ? AdminMask.emails(body) : body);
    }

    /** Sends the reason of a failed call. A caller sees the details of its own mistakes only. */
    static void refuse(RoutingContext http) {
        Throwable failure = http.failure();
        if (failure instanceof AdminRefusal refusal) {
            error(http, refusal.status(), refusal.getMessage());
        } else if (failure instanceof SpoolUnavailable) {
            LOG.warnf("admin: %s", failure.getMessage());
            error(http, 503, "spool: can't be read now, try again in a few seconds");
        } else if (failure == null && http.statusCode() >= 400) {
            error(http, http.statusCode(), http.statusCode() == 413 ? "body: too large" : "request: can't be answered");
        } else {
            LOG.errorf(failure, "admin: %s failed", http.currentRoute().getPath());
            error(http, 500, "admin: the call failed, the log says why");
        }
    }

    static void error(RoutingContext http, int status, String message) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("error", message);
        send(http, status, JSON, body.toString());
    }
}
