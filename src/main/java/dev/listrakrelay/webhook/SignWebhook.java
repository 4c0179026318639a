package dev.listrakrelay.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.listrakrelay.delivery.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Sets the address and the headers of a webhook for its third party (Standard Webhooks specification). {@code webhook-id}
 * stays the same in a retry, {@code webhook-timestamp} is the time of the attempt. {@code webhook-signature} is set if
 * {@code webhook.<name>.forward-secret} is. The exchange property {@code thirdParty} holds the webhook's name.
 */
@ApplicationScoped
@Named("signWebhook")
public class SignWebhook implements Processor {

    private static final String PREFIX = "whsec_";

    private final WebhookConfig config;
    private final Clock clock;

    SignWebhook(WebhookConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        String name = exchange.getProperty("thirdParty", String.class);
        WebhookConfig.Webhook to = config.byName().get(name);
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        String id = exchange.getProperty(UnwrapWebhook.ID, String.class);
        Instant now = clock.instant();
        String timestamp = String.valueOf(now.getEpochSecond());
        message.setHeader(Exchange.HTTP_URI, to.forwardUrl().orElseThrow().toString());
        if (message.getHeader(Exchange.CONTENT_TYPE) == null) {
            message.setHeader(Exchange.CONTENT_TYPE, UnwrapWebhook.JSON);
        }
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", timestamp);
        to.forwardSecret()
                .ifPresent(
                        secret -> message.setHeader("webhook-signature", signature(key(secret), id, timestamp, body)));
        Attempt.begin(exchange, WebhookConfig.spool(name), body.length, now);
    }

    private static String signature(byte[] key, String id, String timestamp, byte[] body) {
        byte[] hmac = Hmac.sha256(key, (id + "." + timestamp + ".").getBytes(US_ASCII), body);
        return "v1," + Base64.getEncoder().encodeToString(hmac);
    }

    /**
     * Decodes a secret.
     *
     * @throws IllegalArgumentException if it isn't base64
     */
    static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    }
}
