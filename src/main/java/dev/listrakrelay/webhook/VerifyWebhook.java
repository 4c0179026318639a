package dev.listrakrelay.webhook;

import dev.listrakrelay.ingest.BodyContentType;
import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Verifies the signature of a webhook and turns it into an event. A repeated delivery gets the same id.
 *
 * <p>In: the request, with the webhook's name as the last part of its path. Out: a list with the event to store. The exchange
 * property {@code webhook} holds the name.
 */
@ApplicationScoped
@Named("verifyWebhook")
public class VerifyWebhook implements Processor {

    static final String NAME = "webhook";

    /** A valid media type: a type, a subtype, and parameters in visible ASCII. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+[ -~&&[^,]]{0,80}");

    private static final byte[] EMPTY = {};

    private final Clock clock;
    private final Map<String, SignatureVerifier> verifiers;

    VerifyWebhook(WebhookConfig config, Clock clock) {
        this.clock = clock;
        this.verifiers = config.byName().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, webhook -> new SignatureVerifier(webhook.getValue())));
    }

    /** Returns whether a webhook is configured for the path. */
    boolean isConfigured(String path) {
        return verifiers.containsKey(ConfiguredName.lastSegment(path));
    }

    /**
     * @throws UnknownWebhook if no webhook of that name is configured
     * @throws InvalidSignature if the signature or the timestamp is wrong
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        // the header of the path variable is not used, because a query parameter can change it
        String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
        String name = ConfiguredName.lastSegment(path);
        SignatureVerifier verifier = verifiers.get(name);
        if (verifier == null) {
            throw new UnknownWebhook();
        }
        exchange.setProperty(NAME, name);
        byte[] body = message.getBody() == null ? EMPTY : message.getBody(byte[].class);
        Instant now = clock.instant();
        ListrakSignature signature =
                verifier.verify(body, message.getHeader("LTK-Timestamp"), message.getHeader("LTK-HmacSignature"), now);
        message.setBody(List.of(new Event(
                0,
                signature.deliveryId(),
                WebhookConfig.spool(name),
                mediaType(message.getHeader(BodyContentType.ORIGINAL_TYPE)),
                name,
                WebhookContact.of(body).orElse(name),
                now,
                body)));
    }

    /** Returns the media type of the request; JSON if the header is missing, repeated or invalid. */
    private static String mediaType(Object contentType) {
        return contentType instanceof String text && MEDIA_TYPE.matcher(text).matches() ? text : UnwrapWebhook.JSON;
    }
}
