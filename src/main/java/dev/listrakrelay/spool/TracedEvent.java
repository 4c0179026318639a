package dev.listrakrelay.spool;

import java.util.List;

/**
 * An event and what happened to it.
 *
 * @param event as it came; without its payload in a list
 * @param steps in the order they happened, the first being that it was accepted; in a list the last one alone
 */
public record TracedEvent(Event event, List<EventStep> steps) {

    /** Names it without telling what is in it. */
    @Override
    public String toString() {
        return "trace of " + event;
    }
}
