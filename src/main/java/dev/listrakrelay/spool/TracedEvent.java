package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds an event with its history.
 *
 * @param event as received; without its payload in a list
 * @param steps in order, beginning with accepted; in a list the last one alone
 * @param waiting where it waits; empty if it is settled
 */
public record TracedEvent(Event event, List<EventStep> steps, Optional<Waiting> waiting) {

    /**
     * Says where an event waits.
     *
     * @param lane the number of its lane; below 0 if it is held until an e-mail is known for it
     * @param due when the event may be tried again; in the past if it waits for other events only. Of a held event, the
     *     end of its wait
     */
    public record Waiting(int lane, Instant due) {

        public boolean isHeld() {
            return lane < 0;
        }
    }

    /** Returns a copy whose event has no payload. */
    public TracedEvent withoutPayload() {
        return new TracedEvent(event.withRaw(new byte[0]), steps, waiting);
    }

    /** Contains no payload and no address. */
    @Override
    public String toString() {
        return "trace of " + event;
    }
}
