package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import java.util.List;
import org.apache.camel.Exchange;

/** Holds the events of a failed request, each with the JSON or text that was sent for it. */
public record Attempt(List<? extends Part> parts) {

    private static final String PROPERTY = "deliveryAttempt";

    /** One event of an attempt. */
    public interface Part {
        Event event();

        /** Returns the text that was sent for the event; a dead letter keeps it. */
        String request();

        /** Returns whether the event becomes a dead letter if the outcome of its request is unknown. */
        default boolean isHeldIfUnknown() {
            return false;
        }

        /** Marks the event's outcome in the batch. */
        default void settle(Settlement settlement, Batch batch) {
            batch.mark(event(), settlement);
        }

        /** Dead-letters the event, even if it was split and other parts are still open. */
        default void deadLetterEvent(Settlement.Dead dead, Batch batch) {
            batch.mark(event(), dead);
        }
    }

    private record UnsplitEvent(Event event, String request) implements Part {}

    /** Attaches the attempt to the exchange, so that the steps that handle a failure find it. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /**
     * Returns the attempt that a step attached. Without one, returns an attempt with all unsettled events of the batch, each
     * with the message body as its request.
     */
    static Attempt of(Exchange exchange) {
        Attempt attached = exchange.getProperty(PROPERTY, Attempt.class);
        if (attached != null) {
            return attached;
        }
        String body = exchange.getMessage().getBody(String.class);
        return new Attempt(SpoolExchange.batch(exchange).unsettledEvents().stream()
                .map(event -> new UnsplitEvent(event, body == null ? "" : body))
                .toList());
    }
}
