package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * Holds an event that its destination may have twice.
 *
 * @param event as accepted, without its payload
 * @param destination name of the destination, such as {@code listrak} or {@code webhook-orders}
 * @param cause why the outcome of the first request is unknown: {@code time-out}, {@code connection reset}, {@code
 *     connection closed}, {@code answer cut short}, or one of the constants below
 * @param sentAt when the event may have been accepted first; after a power cut, the start of the relay that found it
 * @param sentAgainAt when it was last sent again; empty if it was not
 * @param sendings the number of requests with the event that were accepted, or may have been: 2 or more if it may be
 *     there twice
 * @param outcome its last outcome, such as delivered or dead; {@link #PENDING} if it is not settled
 * @param settledAt when it was settled; empty if it is not
 */
public record AmbiguousEvent(
        Event event,
        String destination,
        String cause,
        Instant sentAt,
        Optional<Instant> sentAgainAt,
        int sendings,
        String outcome,
        Optional<Instant> settledAt) {

    /** The outcome of an event that is not settled. */
    public static final String PENDING = "pending";

    /** The cause: the process ended while its request was under way. */
    public static final String KILL = "kill";

    /**
     * The cause: the machine stopped. The event was among the next ones of its lane, so it may have been sent; which of
     * them were under way is not known.
     */
    public static final String POWER_CUT = "power cut";

    /** The cause: the relay stopped after a part of the event was accepted, and then sends all parts again. */
    public static final String RESTART = "restart";

    /** Contains no address. */
    @Override
    public String toString() {
        return event + " " + cause + " " + outcome;
    }
}
