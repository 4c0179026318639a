package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Answers the calls of Listrak's API: fetching a token, posting events in both styles, and reading the schema. */
final class ListrakApi {

    private static final String API = "/crosschannel/v1";
    private static final String CONFIGURATIONS = API + "/eventConfigurations";

    private final SandboxTokens tokens;
    private final ReceivedEvents received;

    ListrakApi(SandboxTokens tokens, ReceivedEvents received) {
        this.tokens = tokens;
        this.received = received;
    }

    void mount(Router router) {
        router.post("/OAuth2/Token").handler(this::issueToken);
        router.route(API + "/*").handler(this::authorize);
        router.post(API + "/Event").handler(this::postEvents);
        router.post(CONFIGURATIONS + "/:eventUid/events").handler(this::postEventsOfConfiguration);
        router.get(CONFIGURATIONS).handler(this::listConfigurations);
        router.get(CONFIGURATIONS + "/:eventUid").handler(this::showConfiguration);
    }

    private void issueToken(RoutingContext http) {
        expectContentType(http, "application/x-www-form-urlencoded");
        HttpServerRequest request = http.request();
        boolean isValid = "client_credentials".equals(request.getFormAttribute("grant_type"))
                && SandboxAccount.CLIENT_ID.equals(request.getFormAttribute("client_id"))
                && SandboxAccount.CLIENT_SECRET.equals(request.getFormAttribute("client_secret"));
        if (!isValid) {
            JsonAnswer.send(http, 400, JsonNodeFactory.instance.objectNode().put("error", "Invalid Credentials"));
            return;
        }
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue())
                .put("token_type", "bearer")
                .put("expires_in", SandboxTokens.LIFETIME.toSeconds());
        JsonAnswer.send(http, 200, answer);
    }

    private void authorize(RoutingContext http) {
        tokens.check(http.request().getHeader(HttpHeaders.AUTHORIZATION));
        http.next();
    }

    private void postEvents(RoutingContext http) {
        accept(http, EventRequestCheck.eventStyle(body(http)));
    }

    private void postEventsOfConfiguration(RoutingContext http) {
        accept(http, EventRequestCheck.eventConfigurationsStyle(http.pathParam("eventUid"), body(http)));
    }

    private void accept(RoutingContext http, List<SentEvent> events) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        for (SentEvent event : events) {
            received.add(event);
            data.add(event.answer());
        }
        JsonAnswer.sendData(http, data);
    }

    private void listConfigurations(RoutingContext http) {
        JsonAnswer.sendData(http, JsonNodeFactory.instance.arrayNode().add(CustomEventSchema.summary()));
    }

    private void showConfiguration(RoutingContext http) {
        EventRequestCheck.checkEventUid(http.pathParam("eventUid"));
        JsonNode details = CustomEventSchema.details();
        JsonAnswer.sendData(http, details);
    }

    private static byte[] body(RoutingContext http) {
        expectContentType(http, "application/json");
        byte[] body = http.body().buffer() == null
                ? new byte[0]
                : http.body().buffer().getBytes();
        if (body.length + headerBytes(http.request()) > EventRequestCheck.MAX_BYTES) {
            throw new ListrakError(
                    400,
                    "request: too large, expected at most " + EventRequestCheck.MAX_BYTES + " bytes including headers");
        }
        return body;
    }

    private static long headerBytes(HttpServerRequest request) {
        long bytes = (request.method() + " " + request.uri() + " HTTP/1.1\r\n\r\n").length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length() + ": \r\n".length();
        }
        return bytes;
    }

    private static void expectContentType(RoutingContext http, String expected) {
        String found = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String mediaType = found == null ? "" : found.split(";", 2)[0].trim();
        if (!expected.equalsIgnoreCase(mediaType)) {
            throw new ListrakError(415, "Content-Type: expected " + expected);
        }
    }
}
