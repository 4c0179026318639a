package dev.listrakrelay.listrak;

import java.time.Duration;
import java.time.Instant;

/**
 * What Listrak lets us in with.
 *
 * @param fetched when it was asked for
 * @param lifetime how long it holds from then
 */
record AccessToken(String value, Instant fetched, Duration lifetime) {

    private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofSeconds(60);

    /** Whether it is good for a request now; a short-lived one is used for half of its time. */
    boolean isFresh(Instant now) {
        Duration half = lifetime.dividedBy(2);
        Duration margin = half.compareTo(RENEWED_BEFORE_ITS_END) < 0 ? half : RENEWED_BEFORE_ITS_END;
        return now.isBefore(fetched.plus(lifetime).minus(margin));
    }

    @Override
    public String toString() {
        return "access token (hidden), " + lifetime.toSeconds() + " s from " + fetched;
    }
}
