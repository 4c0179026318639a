package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * Holds an event that can't be delivered, with the reason.
 *
 * @param event as received; without its payload in a list
 * @param reason one word, such as {@code rejected}
 * @param answer the destination's answer, or the mistake in the event
 * @param request the first 2,000 characters of the last request; empty if nothing was sent
 * @param attempts how often it was retried before; pauses of its whole lane don't count
 * @param diedAt when it became a dead letter
 */
public record DeadLetter(Event event, String reason, String answer, String request, int attempts, Instant diedAt) {

    /** Returns a copy with another answer. */
    public DeadLetter withAnswer(String other) {
        return new DeadLetter(event, reason, other, request, attempts, diedAt);
    }

    /** Returns a copy whose event has no payload. */
    public DeadLetter withoutPayload() {
        return new DeadLetter(event.withRaw(new byte[0]), reason, answer, request, attempts, diedAt);
    }

    /** Contains no payload and no address. */
    @Override
    public String toString() {
        return "dead letter of " + event;
    }
}
