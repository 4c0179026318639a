package dev.listrakrelay.tracing;

import dev.listrakrelay.ingest.MessageBatch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Begins the span of a request or of messages, and lets the events that the route stores carry it. Call it once the caller is
 * known, and before the headers are removed. While tracing is off, and if the trace is not sampled, it does nothing.
 */
@Singleton
@Named("traceIntake")
public class TraceIntake implements Processor {

    private final Tracing tracing;

    TraceIntake(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void process(Exchange exchange) {
        if (!tracing.isOn()) {
            return;
        }
        Message message = exchange.getMessage();
        IntakeTrace trace = new IntakeTrace();
        if (message.getBody() instanceof MessageBatch batch) {
            String route = exchange.getFromRouteId();
            List<SpanContext> senders = batch.messages().stream()
                    .map(one -> TraceHeader.read(one.traceparent()))
                    .toList();
            List<MessageBatch.Message> traced = new ArrayList<>();
            for (int i = 0; i < senders.size(); i++) {
                traced.add(traced(batch.messages().get(i), senders.get(i), route, trace));
            }
            message.setBody(new MessageBatch(traced, batch.unreadable()));
            if (!senders.stream().allMatch(SpanContext::isValid)) {
                traceAll(exchange, SpanKind.CONSUMER, trace);
            }
        } else {
            traceAll(exchange, SpanKind.SERVER, trace);
        }
        trace.attachTo(exchange);
    }

    private void traceAll(Exchange exchange, SpanKind kind, IntakeTrace trace) {
        SpanContext caller = TraceHeader.read(exchange.getMessage().getHeader(TraceHeader.NAME));
        Span span = tracing.intake(exchange.getFromRouteId(), kind, caller);
        if (span.getSpanContext().isSampled()) {
            trace.addForAll(span);
        }
    }

    /** Returns the message with a span of its own, if its sender traces it. */
    private MessageBatch.Message traced(
            MessageBatch.Message message, SpanContext sender, String route, IntakeTrace trace) {
        if (!sender.isSampled()) {
            return message.withTraceparent(null);
        }
        return message.withTraceparent(trace.add(tracing.intake(route, SpanKind.CONSUMER, sender)));
    }
}
