package dev.listrakrelay.spool;

import java.util.Optional;

/**
 * What is known of who an event is about: at the door what the event itself tells, out of the spool what an earlier one
 * told.
 *
 * @param userId what the source calls the person, the same in all their events
 * @param anonymousId what it calls their browser or app
 * @param email in lower case
 * @param isLearned whether the e-mail is not the event's own, but was told by an earlier one
 */
public record Identity(
        Optional<String> userId, Optional<String> anonymousId, Optional<String> email, boolean isLearned) {

    /** Nothing is known. */
    public static final Identity NONE = told(null, null, null);

    /** What an event itself tells, each null where it doesn't. */
    public static Identity told(String userId, String anonymousId, String email) {
        return new Identity(
                Optional.ofNullable(userId), Optional.ofNullable(anonymousId), Optional.ofNullable(email), false);
    }

    /** What an earlier event told. */
    public static Identity learned(String email) {
        return new Identity(Optional.empty(), Optional.empty(), Optional.of(email), true);
    }

    /** Tells nothing: addresses stay out of logs. */
    @Override
    public String toString() {
        return isLearned ? "learned identity" : "identity";
    }
}
