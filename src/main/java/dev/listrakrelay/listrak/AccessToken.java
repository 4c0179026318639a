package dev.listrakrelay.listrak;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * An access token of a Listrak account.
 *
 * @param fetched the time of the request for it
 * @param lifetime the time from then until it expires
 */
record AccessToken(String value, Instant fetched, Duration lifetime) {

    private static final String PROPERTY = "listrakToken";
    private static final Duration RENEWED_BEFORE_EXPIRY = Duration.ofSeconds(60);

    /** Returns the token that the request of an exchange was sent with. */
    static AccessToken of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, AccessToken.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** Returns whether requests may use the token now. A token with a short lifetime is used for half of it. */
    boolean isFresh(Instant now) {
        Duration half = lifetime.dividedBy(2);
        Duration margin = half.compareTo(RENEWED_BEFORE_EXPIRY) < 0 ? half : RENEWED_BEFORE_EXPIRY;
        return now.isBefore(fetched.plus(lifetime).minus(margin));
    }

    @Override
    public String toString() {
        return "access token (hidden), " + lifetime.toSeconds() + " s from " + fetched;
    }
}
