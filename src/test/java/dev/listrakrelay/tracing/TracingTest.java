package dev.listrakrelay.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.listrakrelay.ingest.MessageBatch;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.camel.SpoolExchange;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The spans of a source belong to the caller's trace, and the spans of a request to the traces of its events. */
class TracingTest {

    private static final String FIRST = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String SECOND = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String NOT_SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final RecordedSpans spans = new RecordedSpans();
    private final Tracing callersDecide = new Tracing(spans.tracer(0), false);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void anEventBelongsToTheSpanOfItsIntakeWhichBelongsToTheCaller() {
        // given
        exchange.getMessage().setHeader("traceparent", FIRST);

        // when
        Event stored = takenIn(callersDecide);

        // then
        SpanData intake = spans.named("source-rest");
        assertEquals(FIRST.substring(36, 52), intake.getParentSpanId());
        assertEquals(SpanKind.SERVER, intake.getKind());
        assertEquals("00-" + FIRST.substring(3, 35) + "-" + intake.getSpanId() + "-01", stored.traceparent());
    }

    @Test
    void anEventWithoutASampledTraceIsStoredWithoutOne() {
        assertNull(takenIn(callersDecide).traceparent());

        exchange.getMessage().setHeader("traceparent", NOT_SAMPLED);
        assertNull(takenIn(callersDecide).traceparent());

        exchange.getMessage().setHeader("traceparent", "garbage");
        assertNull(takenIn(callersDecide).traceparent());
        assertEquals(List.of(), spans.all());
    }

    @Test
    void aCallerThatAsksForNoTraceGetsNoneEvenIfAllOthersGetOne() {
        // given
        exchange.getMessage().setHeader("traceparent", NOT_SAMPLED);

        // when
        Event stored = takenIn(new Tracing(spans.tracer(1), false));

        // then
        assertNull(stored.traceparent());
    }

    @Test
    void whileTracingIsOffAHeaderChangesNothing() {
        // given
        exchange.getMessage().setHeader("traceparent", FIRST);

        // when
        Event stored = takenIn(Tracing.OFF);
        RequestTrace request = Tracing.OFF.request(exchange, "listrak", List.of(event(FIRST)), 10);

        // then
        assertNull(stored.traceparent());
        assertSame(RequestTrace.NONE, request);
    }

    @Test
    void eachTracedMessageOfAPollHasASpanOfItsOwn() {
        // given
        exchange.getMessage()
                .setBody(new MessageBatch(
                        List.of(message(FIRST), message(null), message(SECOND), message(NOT_SAMPLED)),
                        MessageBatch.Unreadable.DEAD_LETTER));

        // when
        new TraceIntake(callersDecide).process(exchange);
        IntakeTrace.of(exchange).onDone(exchange);

        // then
        assertEquals(
                List.of(FIRST.substring(36, 52), SECOND.substring(36, 52)),
                spans.all().stream().map(SpanData::getParentSpanId).toList());
        MessageBatch traced = (MessageBatch) exchange.getMessage().getBody();
        assertEquals(
                Stream.of(FIRST.substring(0, 35), null, SECOND.substring(0, 35), null)
                        .toList(),
                traced.messages().stream()
                        .map(MessageBatch.Message::traceparent)
                        .map(header -> header == null ? null : header.substring(0, 35))
                        .toList());
    }

    @Test
    void aRequestWithEventsOfOneSpanIsItsChild() {
        // when
        request(200, event(FIRST), event(null), event(FIRST));

        // then
        SpanData request = spans.named("send listrak");
        assertEquals(1, spans.all().size());
        assertEquals(FIRST.substring(36, 52), request.getParentSpanId());
        assertEquals(SpanKind.CLIENT, request.getKind());
        assertEquals(List.of(), request.getLinks());
        assertEquals("accepted", request.getAttributes().get(AttributeKey.stringKey("listrak_relay.outcome")));
        assertEquals(3L, request.getAttributes().get(AttributeKey.longKey("listrak_relay.events")));
    }

    @Test
    void aRequestWithEventsOfManySpansLinksToAllAndEachTraceShowsIt() {
        // when
        request(503, event(FIRST), event(SECOND));

        // then
        SpanData request = spans.named("send listrak");
        assertEquals(FIRST.substring(3, 35), request.getTraceId());
        assertEquals(
                List.of(FIRST.substring(3, 35), SECOND.substring(3, 35)),
                request.getLinks().stream()
                        .map(LinkData::getSpanContext)
                        .map(SpanContext::getTraceId)
                        .toList());
        SpanData other = spans.named("deliver");
        assertEquals(SECOND.substring(36, 52), other.getParentSpanId());
        assertEquals(
                request.getSpanId(), other.getLinks().get(0).getSpanContext().getSpanId());
        assertEquals(StatusCode.ERROR, other.getStatus().getStatusCode());
        assertEquals("refused", other.getAttributes().get(AttributeKey.stringKey("listrak_relay.outcome")));
    }

    @Test
    void theHeaderLeavesTheRelayOnlyIfTheSettingSaysSo() {
        // when
        request(200, event(FIRST));
        boolean leavesByDefault = exchange.getMessage().getHeaders().containsKey("traceparent");
        new Tracing(spans.tracer(0), true).request(exchange, "listrak", List.of(event(FIRST)), 10);

        // then
        assertFalse(leavesByDefault);
        assertEquals(
                FIRST.substring(0, 35),
                exchange.getMessage().getHeader("traceparent", String.class).substring(0, 35));
    }

    /** The event as a route of a source stores it. */
    private Event takenIn(Tracing tracing) {
        exchange.getExchangeExtension().setFromRouteId("source-rest");
        new TraceIntake(tracing).process(exchange);
        IntakeTrace trace = IntakeTrace.of(exchange);
        if (trace == null) {
            return event(null);
        }
        trace.onDone(exchange);
        return trace.on(List.of(event(null))).get(0);
    }

    private void request(int status, Event... events) {
        SpoolExchange.set(exchange, new Batch(aSpool(), 0, List.of(events), event -> 0));
        callersDecide.request(exchange, "listrak", List.of(events), 10).end(status, false);
    }

    private static Spool aSpool() {
        return (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(), new Class<?>[] {Spool.class}, (proxy, method, arguments) -> 0);
    }

    private static MessageBatch.Message message(String traceparent) {
        return new MessageBatch.Message("here", "{}".getBytes(UTF_8)).withTraceparent(traceparent);
    }

    private static Event event(String traceparent) {
        return new Event(0, "m", "rest", "track", "Order", "a@example.com", Instant.EPOCH, "{}".getBytes(UTF_8))
                .withTraceparent(traceparent);
    }
}
