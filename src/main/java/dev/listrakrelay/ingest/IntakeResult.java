package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of checking one request: the events to store, and a reason for each rejected one.
 *
 * @param undated those of the events that say a time which can't be read
 */
public record IntakeResult(List<Event> events, List<Rejection> rejected, List<Event> undated) {

    static final String TOO_LARGE = "event too large: ";

    /** @param index the event's position in its batch, from 0 */
    @RegisterForReflection
    public record Rejection(int index, String reason) {

        /** The same for another reason; for this one if the other is null. */
        Rejection because(Object other) {
            return other == null ? this : new Rejection(index, other.toString());
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
    boolean isOneRejected() {
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
