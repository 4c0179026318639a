package dev.listrakrelay.spool;

import java.util.List;
import java.util.Optional;

/** What became of the events of the last while; of those that are pending, also the older ones. */
public interface EventHistory {

    /** Those that a search finds, newest first, each with its last step and without its payload. */
    List<TracedEvent> find(Search search);

    /** One with its payload and its steps, the last 1,000. */
    Optional<TracedEvent> get(long seq);
}
