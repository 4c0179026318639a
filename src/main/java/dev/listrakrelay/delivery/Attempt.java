package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import dev.listrakrelay.tracing.RequestTrace;
import dev.listrakrelay.tracing.Tracing;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * One try to deliver events by a request: the whole batch, unless a subclass says which events. The steps that read the answer or
 * handle a failure find it on the exchange. It records the request from its start until its outcome is known. Then the batch gets
 * the record, and stores it together with the next outcomes of the events.
 */
public class Attempt {

    private static final String PROPERTY = "deliveryAttempt";
    private static final int NO_ANSWER = 0;

    /** Null before the request starts, and once its outcome is known. */
    private OpenRequest open;

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

    /** @param startedAt of {@link System#nanoTime} */
    private record OpenRequest(
            String destination, List<Event> events, int bytes, Instant sentAt, RequestTrace trace, long startedAt) {}

    /** Returns the attempt of an exchange; if no request has begun, a new one of the whole batch. */
    public static Attempt of(Exchange exchange) {
        Attempt attached = exchange.getProperty(PROPERTY, Attempt.class);
        return attached == null ? new Attempt() : attached;
    }

    /** Lets the steps of an exchange find the attempt. */
    public final void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** Returns the events: all unsettled ones of the batch, each with the message body as its request. */
    public List<? extends Part> parts(Exchange exchange) {
        String body = exchange.getMessage().getBody(String.class);
        return SpoolExchange.batch(exchange).unsettledEvents().stream()
                .map(event -> new UnsplitEvent(event, body == null ? "" : body))
                .toList();
    }

    /**
     * Records that a request with all unsettled events of the batch starts now.
     *
     * @param bytes the size of its body
     */
    public static void begin(Exchange exchange, String destination, int bytes, Instant now) {
        of(exchange).failed(exchange);
        Attempt attempt = new Attempt();
        attempt.attachTo(exchange);
        attempt.begin(exchange, destination, SpoolExchange.batch(exchange).unsettledEvents(), bytes, now);
    }

    /**
     * Records that the attempt's request starts now. If an earlier request of the attempt is still open, it is recorded as failed.
     *
     * @param events the events in the request
     * @param bytes the size of its body
     */
    public final void begin(Exchange exchange, String destination, List<Event> events, int bytes, Instant now) {
        failed(exchange);
        SpoolExchange.batch(exchange).sending(events, now);
        RequestTrace trace = Tracing.of(exchange).request(exchange, destination, events, bytes);
        open = new OpenRequest(destination, events, bytes, now, trace, System.nanoTime());
    }

    /** Records that the same request is sent again now; does nothing if no request is open. */
    final void restart(Exchange exchange, Instant now) {
        if (open != null) {
            begin(exchange, open.destination, open.events, open.bytes, now);
        }
    }

    /**
     * Records the answer to the request; does nothing if no request is open.
     *
     * @param answer the text of the answer; empty for a success
     */
    public final void answered(Exchange exchange, int status, String answer) {
        end(exchange, status, false, answer);
    }

    /** Records that the request failed; does nothing if no request is open. */
    final void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof DeliveryFailure answered && answered.status() != NO_ANSWER) {
            end(exchange, answered.status(), false, answered.answer());
        } else if (failure instanceof DeliveryFailure.Ambiguous ambiguous) {
            end(exchange, NO_ANSWER, true, ambiguous.causeWords());
        } else {
            end(exchange, NO_ANSWER, false, failure == null ? "" : String.valueOf(failure.getMessage()));
        }
    }

    private void end(Exchange exchange, int status, boolean isAmbiguous, String answer) {
        if (open == null) {
            return;
        }
        OpenRequest sent = open;
        open = null;
        sent.trace.end(status, isAmbiguous);
        RequestCounts.OF_THIS_PROCESS.count(sent.destination, status);
        long nanos = System.nanoTime() - sent.startedAt;
        Destination.of(exchange).ifPresent(to -> to.requests().ended(status, nanos, sent.events.size()));
        SpoolExchange.batch(exchange)
                .sent(new SentRequest(
                        sent.sentAt,
                        sent.destination,
                        status,
                        nanos / 1_000_000,
                        sent.bytes,
                        isAmbiguous,
                        answer,
                        sent.events.stream().map(Event::seq).toList()));
    }
}
