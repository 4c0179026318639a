package dev.listrakrelay.listrak;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * An answer of one of Listrak's endpoints, and what its status means (guarantees, Outcomes).
 *
 * @param endpoint the property that names it
 */
record HttpAnswer(String endpoint, int status, byte[] body, String retryAfter) {

    private static final int MOST_EXCERPT = 2_000;

    static HttpAnswer of(Exchange exchange, String endpoint) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        return new HttpAnswer(
                endpoint,
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                body == null ? new byte[0] : body,
                message.getHeader("Retry-After", String.class));
    }

    boolean isOk() {
        return status / 100 == 2;
    }

    /** Its text, at most 2,000 characters. */
    String excerpt() {
        String text = new String(body, 0, Math.min(body.length, 4 * MOST_EXCERPT), StandardCharsets.UTF_8);
        return text.length() > MOST_EXCERPT ? text.substring(0, MOST_EXCERPT) : text;
    }

    /** Names an answer that isn't 2xx. */
    ListrakFailure failure(Clock clock) {
        String what = endpoint + ": status " + status;
        return switch (status) {
            case 400, 413 -> new ListrakFailure.Rejected(status, excerpt());
            case 401 -> new ListrakFailure.Unauthorized(excerpt());
            case 403 ->
                new ListrakFailure.Closed(what + ", no access to Cross Channel, or access is paused", excerpt());
            case 404 -> new ListrakFailure.Closed(what + ", check listrak.event-uid and listrak.company-id", excerpt());
            case 408, 425, 429 -> unavailable(what, clock);
            default -> other(what, clock);
        };
    }

    private ListrakFailure other(String what, Clock clock) {
        if (status >= 500) {
            return unavailable(what, clock);
        }
        return status >= 400
                ? new ListrakFailure.Refused(status, excerpt())
                : new ListrakFailure.Closed(what + ", a redirect is not followed; check " + endpoint, excerpt());
    }

    private ListrakFailure unavailable(String what, Clock clock) {
        return RetryAfter.of(retryAfter, clock.instant())
                .<ListrakFailure>map(wait -> new ListrakFailure.AskedToWait(what, excerpt(), wait))
                .orElseGet(() -> new ListrakFailure.Unavailable(what, excerpt()));
    }
}
