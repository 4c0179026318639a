package dev.listrakrelay.spool;

import java.util.List;
import java.util.Optional;

/**
 * Finds the events that their destination may have twice: an earlier request with the event had an unknown outcome.
 * Listrak has no idempotency key, so this list is all that can be known of it.
 */
public interface AmbiguousEvents {

    /** The most entries that a spool keeps. The oldest ones are deleted first. */
    int MOST = 100_000;

    /**
     * Finds entries, the latest event first. The time of the search is that of the first sending. Its outcome may be
     * {@link AmbiguousEvent#PENDING}.
     */
    List<AmbiguousEvent> find(Search search);

    /** Returns the entry of an event. */
    Optional<AmbiguousEvent> get(long seq);

    /** The number of entries. */
    long count();
}
