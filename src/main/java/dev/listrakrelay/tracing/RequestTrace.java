package dev.listrakrelay.tracing;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.camel.SpoolExchange;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * The spans of one request that carries events. Their attributes have counts and names of the configuration only, never data of
 * a contact.
 */
public final class RequestTrace {

    /** The trace of a request without traced events. */
    public static final RequestTrace NONE = new RequestTrace(null);

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final List<Span> spans = new ArrayList<>();

    /** @param request the span of the request; null if it has none */
    RequestTrace(Span request) {
        if (request != null) {
            spans.add(request);
            LogTrace.put(request);
        }
    }

    void add(Span span) {
        spans.add(span);
    }

    SpanContext context() {
        return spans.get(0).getSpanContext();
    }

    String header() {
        return TraceHeader.of(spans.get(0));
    }

    RequestTrace describe(Exchange exchange, String destination, List<Event> events, int bytes) {
        Batch batch = SpoolExchange.batch(exchange);
        int redeliveries = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class);
        spans.get(0).setAttribute("http.request.method", "POST").setAttribute("listrak_relay.bytes", bytes);
        for (Span span : spans) {
            span.setAttribute("listrak_relay.destination", destination)
                    .setAttribute("listrak_relay.events", events.size())
                    .setAttribute("listrak_relay.attempt", 1L + redeliveries)
                    .setAttribute("listrak_relay.pauses", batch.pauses());
        }
        return this;
    }

    /**
     * Ends the spans.
     *
     * @param status the status of the answer; 0 without a complete answer
     * @param outcome {@code accepted}, {@code refused}, {@code ambiguous} or {@code not_sent}
     */
    public void end(int status, boolean isAmbiguous) {
        String outcome = outcome(status, isAmbiguous);
        for (Span span : spans) {
            span.setAttribute("listrak_relay.outcome", outcome);
            if (status > 0) {
                span.setAttribute(STATUS, (long) status);
            }
            if (!outcome.equals("accepted")) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    private static String outcome(int status, boolean isAmbiguous) {
        if (status == 0) {
            return isAmbiguous ? "ambiguous" : "not_sent";
        }
        return status / 100 == 2 ? "accepted" : "refused";
    }
}
