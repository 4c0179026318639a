package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * An event that could not be delivered.
 *
 * @param event as it came; without its payload in a list
 * @param reason in a word, such as {@code rejected}
 * @param answer what its destination said, or what is wrong with it
 * @param request the beginning of what was sent, at most 2,000 characters; empty if nothing was
 * @param attempts how often it was retried by itself before; the rests of its whole lane don't count
 * @param diedAt when it was given up
 */
public record DeadLetter(Event event, String reason, String answer, String request, int attempts, Instant diedAt) {

    /** The same with another answer. */
    public DeadLetter withAnswer(String other) {
        return new DeadLetter(event, reason, other, request, attempts, diedAt);
    }

    /** Names it without telling what is in it. */
    @Override
    public String toString() {
        return "dead letter of " + event;
    }
}
