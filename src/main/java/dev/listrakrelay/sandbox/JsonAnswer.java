package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Writes the answers of the sandbox Listrak, in the forms of listrak-api.md, section 3. */
final class JsonAnswer {

    private JsonAnswer() {}

    static void send(RoutingContext http, int status, JsonNode body) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toString());
    }

    /** Sends status 200 with {@code data} and {@code meta}. */
    static void sendData(RoutingContext http, JsonNode data) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("data", data);
        body.set("meta", meta(200, "OK"));
        send(http, 200, body);
    }

    /** Sends any other status. Listrak documents no body for these; this body says what to fix. */
    static void sendError(RoutingContext http, int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("meta", meta(status, message));
        send(http, status, body);
    }

    private static ObjectNode meta(int status, String message) {
        ObjectNode meta =
                JsonNodeFactory.instance.objectNode().put("statusCode", status).put("message", message);
        meta.putArray("errors");
        return meta;
    }
}
