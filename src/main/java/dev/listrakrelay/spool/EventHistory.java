package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Finds the steps of events: of all pending events, and of settled ones for {@code spool.history}. */
public interface EventHistory {

    /** Finds events, newest first, each with its last step and without its payload. */
    List<TracedEvent> find(Search search);

    /**
     * Visits the events that a search finds, newest first, each with its last step and its payload. The limit of the
     * search doesn't count. Other searches wait meanwhile.
     *
     * @param isOfInterest receives the payloads of one or several events; if it returns false, these events are skipped
     * @param isMoreWanted receives each event, and returns whether to continue
     */
    void walk(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted);

    /** Visits all events that a search finds, newest first. */
    default void walk(Search search, Predicate<TracedEvent> isMoreWanted) {
        walk(search, any -> true, isMoreWanted);
    }

    /**
     * Visits all events that a search finds, newest first, without their payloads. It reads one state of the spool: no
     * event is found twice, and none is missed.
     */
    default void skim(Search search, Predicate<TracedEvent> isMoreWanted) {
        walk(search, event -> isMoreWanted.test(event.withoutPayload()));
    }

    /**
     * The number of events that were accepted in a period of the last 24 hours, with events that are no longer kept;
     * empty if the engine doesn't know it.
     */
    default OptionalLong accepted(Instant from, Instant to) {
        return OptionalLong.empty();
    }

    /** Returns an event with its payload and its last 1,000 steps. */
    Optional<TracedEvent> get(long seq);
}
