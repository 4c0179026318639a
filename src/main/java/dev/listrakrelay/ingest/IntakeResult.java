package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one request: the events to store and, for each of the others, why it was not taken.
 *
 * @param undated those of the events that say a time which can't be read
 */
public record IntakeResult(List<Event> events, List<Rejection> rejected, List<Event> undated) {

    static final String TOO_LARGE = "event too large: ";

    /** @param index the event's place in its batch, from 0 */
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

    /** Of which nothing was taken, for this reason. */
    static IntakeResult rejected(String reason) {
        IntakeResult intake = new IntakeResult();
        intake.reject(reason);
        return intake;
    }

    /** Whether it was a single event, and not taken. */
    boolean isOneRejected() {
        return events.isEmpty() && rejected.size() == 1;
    }

    int size() {
        return events.size() + rejected.size();
    }

    /** Whether size alone is why nothing was taken. */
    boolean isTooLarge() {
        return events.isEmpty()
                && !rejected.isEmpty()
                && rejected.stream().allMatch(rejection -> rejection.reason().startsWith(TOO_LARGE));
    }

    void reject(String reason) {
        rejected.add(new Rejection(size(), reason));
    }
}
