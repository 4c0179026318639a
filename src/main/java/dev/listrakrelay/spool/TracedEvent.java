package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event and what happened to it.
 *
 * @param event as it came; without its payload in a list
 * @param steps in the order they happened, the first being that it was accepted; in a list the last one alone
 * @param waiting where it waits; empty once it is settled
 */
public record TracedEvent(Event event, List<EventStep> steps, Optional<Waiting> waiting) {

    /**
     * Where an event waits.
     *
     * @param due when it may be tried again; in the past where nothing of its own holds it back
     */
    public record Waiting(int lane, Instant due) {}

    /** The same, its event without its payload. */
    public TracedEvent withoutPayload() {
        return new TracedEvent(event.withRaw(new byte[0]), steps, waiting);
    }

    /** Names it without telling what is in it. */
    @Override
    public String toString() {
        return "trace of " + event;
    }
}
