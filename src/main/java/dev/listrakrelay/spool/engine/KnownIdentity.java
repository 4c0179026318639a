package dev.listrakrelay.spool.engine;

import java.util.Objects;

/**
 * Who a userId or anonymousId stands for.
 *
 * @param userId of an anonymousId, the userId it came with; null where it came with none
 * @param seenAt when it was last told or used, in epoch milliseconds
 */
public record KnownIdentity(String email, String userId, long seenAt) {

    boolean is(String sameEmail, String sameUserId) {
        return email.equals(sameEmail) && Objects.equals(userId, sameUserId);
    }

    /** Tells nothing: addresses stay out of logs. */
    @Override
    public String toString() {
        return "known identity";
    }
}
