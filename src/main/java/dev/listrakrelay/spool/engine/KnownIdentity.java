package dev.listrakrelay.spool.engine;

import java.util.Objects;

/**
 * Holds the e-mail of a userId or anonymousId.
 *
 * @param userId userId that came with an anonymousId; null if there was none
 * @param seenAt last use, in epoch milliseconds
 */
public record KnownIdentity(String email, String userId, long seenAt) {

    boolean is(String sameEmail, String sameUserId) {
        return email.equals(sameEmail) && Objects.equals(userId, sameUserId);
    }

    /** Contains no address, so that none gets into a log. */
    @Override
    public String toString() {
        return "known identity";
    }
}
