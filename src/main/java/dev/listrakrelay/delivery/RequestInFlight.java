package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.camel.SpoolExchange;
import dev.listrakrelay.tracing.RequestTrace;
import dev.listrakrelay.tracing.Tracing;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Records a request of an exchange, from its start until its outcome is known. Then the batch gets the record, and stores it
 * together with the next outcomes of its events.
 */
public final class RequestInFlight {

    private static final String PROPERTY = "requestInFlight";
    private static final int NO_ANSWER = 0;

    private final String destination;
    private final List<Event> events;
    private final int bytes;
    private final Instant sentAt;
    private final RequestTrace trace;
    private final long startedAt = System.nanoTime();

    private RequestInFlight(String destination, List<Event> events, int bytes, Instant sentAt, RequestTrace trace) {
        this.destination = destination;
        this.events = events;
        this.bytes = bytes;
        this.sentAt = sentAt;
        this.trace = trace;
    }

    /**
     * Records that a request starts now. If an earlier request of the exchange is still open, it is recorded as failed.
     *
     * @param events the events in the request
     * @param bytes the size of its body
     */
    public static void begin(Exchange exchange, String destination, List<Event> events, int bytes, Instant now) {
        failed(exchange);
        SpoolExchange.batch(exchange).sending(events, now);
        RequestTrace trace = Tracing.of(exchange).request(exchange, destination, events, bytes);
        exchange.setProperty(PROPERTY, new RequestInFlight(destination, events, bytes, now, trace));
    }

    /**
     * Records the answer to the request; does nothing if no request is open.
     *
     * @param answer the text of the answer; empty for a success
     */
    public static void answered(Exchange exchange, int status, String answer) {
        RequestInFlight sent = exchange.getProperty(PROPERTY, RequestInFlight.class);
        if (sent != null) {
            sent.end(exchange, status, false, answer);
        }
    }

    /** Records that the request failed; does nothing if no request is open. */
    static void failed(Exchange exchange) {
        RequestInFlight sent = exchange.getProperty(PROPERTY, RequestInFlight.class);
        if (sent == null) {
            return;
        }
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof DeliveryFailure answered && answered.status() != NO_ANSWER) {
            sent.end(exchange, answered.status(), false, answered.answer());
        } else if (failure instanceof DeliveryFailure.Ambiguous ambiguous) {
            sent.end(exchange, NO_ANSWER, true, ambiguous.causeWords());
        } else {
            sent.end(exchange, NO_ANSWER, false, failure == null ? "" : String.valueOf(failure.getMessage()));
        }
    }

    /** Records that the same request is sent again now; does nothing if no request is open. */
    static void restart(Exchange exchange, Instant now) {
        RequestInFlight sent = exchange.getProperty(PROPERTY, RequestInFlight.class);
        if (sent != null) {
            begin(exchange, sent.destination, sent.events, sent.bytes, now);
        }
    }

    private void end(Exchange exchange, int status, boolean isAmbiguous, String answer) {
        exchange.removeProperty(PROPERTY);
        trace.end(status, isAmbiguous);
        RequestCounts.OF_THIS_PROCESS.count(destination, status);
        long nanos = System.nanoTime() - startedAt;
        long millis = nanos / 1_000_000;
        Destination.of(exchange).ifPresent(to -> to.requests().ended(status, nanos, events.size()));
        SpoolExchange.batch(exchange)
                .sent(new SentRequest(
                        sentAt,
                        destination,
                        status,
                        millis,
                        bytes,
                        isAmbiguous,
                        answer,
                        events.stream().map(Event::seq).toList()));
    }
}
