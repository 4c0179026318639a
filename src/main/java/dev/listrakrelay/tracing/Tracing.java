package dev.listrakrelay.tracing;

import dev.listrakrelay.spool.Event;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;

/** Begins spans. While {@code tracing.endpoint} is unset, it begins none, and no event carries a trace. */
@Singleton
public class Tracing {

    /** Begins no spans. */
    public static final Tracing OFF = new Tracing(null, false);

    private static final String PROPERTY = "tracing";

    private final Tracer tracer;
    private final boolean propagates;

    @Inject
    Tracing(TracingConfig config, OpenTelemetry openTelemetry) {
        this(config.endpoint().isPresent() ? openTelemetry.getTracer("listrak-relay") : null, config.propagate());
    }

    /** @param tracer null begins no spans */
    Tracing(Tracer tracer, boolean propagates) {
        this.tracer = tracer;
        this.propagates = propagates;
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** Lets the requests of an exchange have spans. */
    public void attachTo(Exchange exchange) {
        if (isOn()) {
            exchange.setProperty(PROPERTY, this);
        }
    }

    /** Returns the tracing of an exchange; {@link #OFF} if there is none. */
    public static Tracing of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, OFF, Tracing.class);
    }

    /** Begins the span of a request that came in, or of a message. Without a valid parent, the sampler decides. */
    Span intake(String route, SpanKind kind, SpanContext parent) {
        return span(route, kind, parent).startSpan();
    }

    /**
     * Begins the spans of a request that carries events. If all traced events are of one span, that span is the parent. Else
     * the first one is the parent, all are links, and each other one gets a span of its own that links to the request.
     */
    public RequestTrace request(Exchange exchange, String destination, List<Event> events, int bytes) {
        if (!isOn()) {
            return RequestTrace.NONE;
        }
        LogTrace.clear();
        Set<String> headers = new LinkedHashSet<>();
        events.stream().map(Event::traceparent).filter(Objects::nonNull).forEach(headers::add);
        if (headers.isEmpty()) {
            return RequestTrace.NONE;
        }
        List<SpanContext> origins = headers.stream().map(TraceHeader::read).toList();
        SpanBuilder request = span("send " + destination, SpanKind.CLIENT, origins.get(0));
        if (origins.size() > 1) {
            origins.forEach(request::addLink);
        }
        RequestTrace trace = new RequestTrace(request.startSpan());
        origins.stream()
                .skip(1)
                .map(origin -> span("deliver", SpanKind.INTERNAL, origin).addLink(trace.context()))
                .forEach(span -> trace.add(span.startSpan()));
        if (propagates) {
            exchange.getMessage().setHeader(TraceHeader.NAME, trace.header());
        }
        return trace.describe(exchange, destination, events, bytes);
    }

    private SpanBuilder span(String name, SpanKind kind, SpanContext parent) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(parent)));
    }
}
