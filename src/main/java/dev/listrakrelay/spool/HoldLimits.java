package dev.listrakrelay.spool;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds the limits for events that wait until an e-mail is known for them.
 *
 * @param time how long an event is held; zero holds none
 * @param atMost the most events that are held at a time
 * @param condition the events that are worth it
 */
public record HoldLimits(Duration time, int atMost, HoldCondition condition) {

    /** No event is held. */
    public static final HoldLimits NONE = new HoldLimits(Duration.ZERO, 0, event -> false);

    /** The longest id that an e-mail is learned for, in characters. */
    private static final int MOST_OF_AN_ID = 300;

    public boolean isOn() {
        return time.toMillis() > 0;
    }

    /** Whether an event is to be held if no e-mail is known for it. */
    public boolean wants(Event event) {
        Identity identity = event.identity();
        return isOn()
                && identity.email().isEmpty()
                && (isLearnable(identity.userId()) || isLearnable(identity.anonymousId()))
                && condition.wants(event);
    }

    private static boolean isLearnable(Optional<String> id) {
        return id.isPresent() && id.get().length() <= MOST_OF_AN_ID;
    }
}
