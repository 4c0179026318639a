package dev.listrakrelay.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Holds the answer to a request, and turns its status into a {@link DeliveryFailure} (guarantees, Outcomes).
 *
 * @param endpoint the property with the server's address, for messages
 */
public record HttpAnswer(String endpoint, int status, byte[] body, String retryAfter) {

    private static final int MOST_EXCERPT = 2_000;
    private static final Map<Integer, String> HINTS =
            Map.of(401, "check the credentials", 403, "access denied", 404, "nothing found at this address");

    public static HttpAnswer of(Exchange exchange, String endpoint) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        return new HttpAnswer(
                endpoint,
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                body == null ? new byte[0] : body,
                message.getHeader("Retry-After", String.class));
    }

    public boolean isOk() {
        return status / 100 == 2;
    }

    /** Returns the start of the body as text, at most 2,000 characters. */
    public String excerpt() {
        String text = new String(body, 0, Math.min(body.length, 4 * MOST_EXCERPT), StandardCharsets.UTF_8);
        return text.length() > MOST_EXCERPT ? text.substring(0, MOST_EXCERPT) : text;
    }

    /** Returns the failure that a status other than 2xx means. */
    public DeliveryFailure failure(Clock clock) {
        return failure(clock, HINTS);
    }

    /**
     * Returns the failure that a status other than 2xx means.
     *
     * @param hints what to check, by status: 401, 403 and 404
     */
    public DeliveryFailure failure(Clock clock, Map<Integer, String> hints) {
        return classify(endpoint + ": status " + status, clock, hints).withStatus(status);
    }

    private DeliveryFailure classify(String what, Clock clock, Map<Integer, String> hints) {
        return switch (status) {
            case 400, 413 -> new DeliveryFailure.Rejected(what, excerpt());
            case 401 -> new DeliveryFailure.Unauthorized(what + ", " + hints.get(status), excerpt());
            case 403, 404 -> new DeliveryFailure.Closed(what + ", " + hints.get(status), excerpt());
            case 408, 425, 429 -> unavailable(what, clock);
            default -> other(what, clock);
        };
    }

    private DeliveryFailure other(String what, Clock clock) {
        if (status >= 500) {
            return unavailable(what, clock);
        }
        return status >= 400
                ? new DeliveryFailure.Refused(what, excerpt())
                : new DeliveryFailure.Closed(what + ", expected no redirect; check " + endpoint, excerpt());
    }

    private DeliveryFailure unavailable(String what, Clock clock) {
        return RetryAfter.of(retryAfter, clock.instant())
                .<DeliveryFailure>map(wait -> new DeliveryFailure.AskedToWait(what, excerpt(), wait))
                .orElseGet(() -> new DeliveryFailure.Unavailable(what, excerpt()));
    }
}
