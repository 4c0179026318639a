package dev.listrakrelay.spool;

import java.util.Optional;

/**
 * Holds the ids and the e-mail of an event's contact. The e-mail is the event's own, or was learned from an earlier
 * event.
 *
 * @param userId the source's id of the person, the same in all their events
 * @param anonymousId the source's id of their browser or app
 * @param email in lower case
 * @param isLearned whether the e-mail was learned from an earlier event
 */
public record Identity(
        Optional<String> userId, Optional<String> anonymousId, Optional<String> email, boolean isLearned) {

    /** Nothing is known. */
    public static final Identity NONE = told(null, null, null);

    /** Creates the identity of an event from its own ids and e-mail; null for each that it lacks. */
    public static Identity told(String userId, String anonymousId, String email) {
        return new Identity(
                Optional.ofNullable(userId), Optional.ofNullable(anonymousId), Optional.ofNullable(email), false);
    }

    /** Creates an identity with an e-mail that was learned from an earlier event. */
    public static Identity learned(String email) {
        return new Identity(Optional.empty(), Optional.empty(), Optional.of(email), true);
    }

    /** Contains no address, so that none gets into a log. */
    @Override
    public String toString() {
        return isLearned ? "learned identity" : "identity";
    }
}
