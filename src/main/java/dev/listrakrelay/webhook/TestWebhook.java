package dev.listrakrelay.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;

/**
 * Sends a signed test webhook into the route that receives Listrak's webhooks. The relay verifies, stores and forwards it
 * like any other webhook. The test webhook skips the HTTP server, so it works with every port and certificate.
 */
@ApplicationScoped
public class TestWebhook {

    private final CamelContext camel;
    private final Clock clock;

    /**
     * The answer of the route.
     *
     * @param deliveryId the messageId of the event in the webhook's spool
     */
    public record Posted(int status, String deliveryId) {}

    TestWebhook(CamelContext camel, Clock clock) {
        this.camel = camel;
        this.clock = clock;
    }

    /**
     * Posts a test webhook.
     *
     * @param secret the secret to sign with
     */
    public Posted post(String name, String secret) {
        Instant now = clock.instant();
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("test", true)
                .put("message", "A test webhook of Listrak Relay, posted by an operator.")
                .put("id", UUID.randomUUID().toString())
                .put("sentAt", now.toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        String timestamp = String.valueOf(now.getEpochSecond());
        ListrakSignature signature = ListrakSignature.of(secret, body, timestamp);
        Exchange exchange = receiver().getEndpoint().createExchange();
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.HTTP_PATH, WebhookConfig.path(name));
        message.setHeader("name", name);
        message.setHeader(Exchange.CONTENT_TYPE, UnwrapWebhook.JSON);
        message.setHeader("LTK-Timestamp", timestamp);
        message.setHeader("LTK-HmacSignature", signature.base64());
        message.setBody(body);
        return new Posted(answer(exchange), signature.deliveryId());
    }

    private int answer(Exchange exchange) {
        try {
            receiver().getProcessor().process(exchange);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    }

    private Route receiver() {
        return camel.getRoutes().stream()
                .filter(route -> route.getEndpoint().getEndpointUri().startsWith("platform-http:"))
                .filter(route -> route.getEndpoint().getEndpointUri().contains(WebhookConfig.PATH))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "routes: expected one from platform-http:" + WebhookConfig.PATH + "{name}, found none"));
    }
}
