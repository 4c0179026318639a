package dev.listrakrelay.spool;

import java.util.List;
import java.util.Optional;
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

    /** One with its payload and its steps, the last 1,000. */
    Optional<TracedEvent> get(long seq);
}
