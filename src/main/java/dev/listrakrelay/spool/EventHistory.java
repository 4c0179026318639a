package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What became of the events of the last while; of those that are pending, also the older ones. */
public interface EventHistory {

    /** Those that a search finds, newest first, each with its last step and without its payload. */
    List<TracedEvent> find(Search search);

    /**
     * Goes through those that a search finds, newest first, each with its last step and its payload; the search's limit
     * doesn't count. Nobody else finds anything meanwhile.
     *
     * @param isOfInterest is shown payloads first, of one event or of several in a row: where it says no, none of these
     *     events is shown
     * @param isMoreWanted is shown each, and says whether to go on
     */
    void walk(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted);

    /** The same through all of them. */
    default void walk(Search search, Predicate<TracedEvent> isMoreWanted) {
        walk(search, any -> true, isMoreWanted);
    }

    /** The same without payloads, through one state of the spool: no event is found twice, and none is passed over. */
    default void skim(Search search, Predicate<TracedEvent> isMoreWanted) {
        walk(search, event -> isMoreWanted.test(event.withoutPayload()));
    }

    /**
     * The number of events accepted in a time, with those that are not kept any more. It knows the last 24 hours; empty if
     * the engine can't tell.
     */
    default OptionalLong accepted(Instant from, Instant to) {
        return OptionalLong.empty();
    }

    /** One with its payload and its steps, the last 1,000. */
    Optional<TracedEvent> get(long seq);
}
