package dev.listrakrelay.spool;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Stores new events. */
public interface EventLog {

    /**
     * Stores events in one transaction. It skips duplicates: those with the source and messageId of an event of the
     * last 24 h.
     *
     * @return completes with the number of new events when they are on disk; fails with {@link SpoolUnavailable} if
     *     they can't be stored
     */
    CompletionStage<Integer> append(List<Event> events);

    /** Writes to disk and completes then. It fails if {@link #append} would fail. */
    CompletionStage<Void> probe();
}
