package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of checking one request: the events to store, and a reason for each rejected one.
 *
 * @param unreadableTimes the accepted events that have a time, but none that is readable
 */
public record IntakeResult(List<Event> events, List<Rejection> rejected, List<Event> unreadableTimes) {

    static final String TOO_LARGE = "event: too large, ";

    /** @param index the event's position in its batch, from 0 */
    @RegisterForReflection
    public record Rejection(int index, String reason) {

        /** Returns the rejection with another reason; null keeps the reason. */
        Rejection withReason(Object newReason) {
            return newReason == null ? this : new Rejection(index, newReason.toString());
        }
    }

    IntakeResult() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** A result without events, rejected for this reason. */
    static IntakeResult rejected(String reason) {
        IntakeResult intake = new IntakeResult();
        intake.reject(reason);
        return intake;
    }

    /** Whether the request was a single event, which was rejected. */
    boolean isSingleRejection() {
        return events.isEmpty() && rejected.size() == 1;
    }

    int size() {
        return events.size() + rejected.size();
    }

    /** Whether every event was rejected for its size. */
    boolean isTooLarge() {
        return events.isEmpty()
                && !rejected.isEmpty()
                && rejected.stream().allMatch(rejection -> rejection.reason().startsWith(TOO_LARGE));
    }

    void reject(String reason) {
        rejected.add(new Rejection(size(), reason));
    }
}
