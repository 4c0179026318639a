package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.util.List;
import org.apache.camel.Exchange;

/** What was under way when something failed: events, each beside what was sent of it. */
public record Attempt(List<? extends Part> parts) {

    private static final String PROPERTY = "deliveryAttempt";

    /** An event of an attempt. */
    public interface Part {
        Event event();

        /** What was sent of it, to be kept with a dead letter. */
        String request();

        /** Notes what became of it. */
        default void settle(Settlement settlement, Batch batch) {
            batch.mark(event(), settlement);
        }

        /** Gives its event up, whatever becomes of the rest of it. */
        default void giveUp(Settlement.Dead dead, Batch batch) {
            batch.mark(event(), dead);
        }
    }

    private record Whole(Event event, String request) implements Part {}

    /** Lets the steps that handle a failure find it. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** What a step attached; else all of the batch that nothing has been decided about, with the body as what was sent. */
    static Attempt of(Exchange exchange) {
        Attempt attached = exchange.getProperty(PROPERTY, Attempt.class);
        if (attached != null) {
            return attached;
        }
        String body = exchange.getMessage().getBody(String.class);
        return new Attempt(Batch.of(exchange).unsettledEvents().stream()
                .map(event -> new Whole(event, body == null ? "" : body))
                .toList());
    }
}
