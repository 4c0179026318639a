package dev.listrakrelay.tracing;

import dev.listrakrelay.spool.Event;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The spans of one request, message or poll of a source, until its route is done. */
public final class IntakeTrace extends SynchronizationAdapter {

    private static final String PROPERTY = "intakeTrace";

    private final List<Span> spans = new ArrayList<>();
    private Span ofAll = Span.getInvalid();

    /** Returns the trace of an exchange; null if its route has none. */
    public static IntakeTrace of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, IntakeTrace.class);
    }

    /** Adds the span of one message. Returns its header. */
    String add(Span span) {
        spans.add(span);
        return TraceHeader.of(span);
    }

    /** Adds the span of all events that have none of their own. */
    void addForAll(Span span) {
        spans.add(span);
        ofAll = span;
    }

    void attachTo(Exchange exchange) {
        if (!spans.isEmpty()) {
            exchange.setProperty(PROPERTY, this);
            exchange.getExchangeExtension().addOnCompletion(this);
        }
    }

    /** Returns the events with their trace. */
    public List<Event> on(List<Event> events) {
        if (!ofAll.getSpanContext().isSampled()) {
            return events;
        }
        String header = TraceHeader.of(ofAll);
        return events.stream()
                .map(event -> event.traceparent() == null ? event.withTraceparent(header) : event)
                .toList();
    }

    /** Notes how many events were new, and continues the route. Its log lines name the trace. */
    public void stored(int events, Runnable route) {
        LogTrace.put(spans.get(0));
        try {
            spans.forEach(span -> span.setAttribute("listrak_relay.stored", events));
            route.run();
        } finally {
            LogTrace.clear();
        }
    }

    @Override
    public void onDone(Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        for (Span span : spans) {
            if (status != null) {
                span.setAttribute("http.response.status_code", status);
            }
            if (exchange.isFailed() || status != null && status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
