package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector sees a trace from the caller to Listrak and to third parties; with tracing off, it sees nothing. */
class TracesIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "00f067aa0ba902b7";

    private TraceCollector collector;

    @BeforeEach
    void openCollector() {
        collector = new TraceCollector();
        relay.with("TRACING_SAMPLE", "0")
                .with("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms")
                .with("SPOOL_LANES", "1");
    }

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void aTraceGoesFromTheCallerThroughAKillToListrak() throws IOException {
        // given a Listrak that accepts nothing, and an event in the spool
        listrak.answer(503);
        relay.with("TRACING_ENDPOINT", collector.url())
                .with("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")
                .start();
        assertThat(post("a/1", TRACE), is(200));
        awaitSent(TRACE, "refused");
        await().atMost(BOUND).until(() -> !linesOfPauses().isEmpty());

        // when
        relay.kill9();
        relay.start();
        listrak.answer(200);

        // then
        Span sent = awaitSent(TRACE, "accepted");
        Span intake = collector.spans(TRACE, "source-rest").get(0);
        assertThat(listrak.orderIds(), hasItem("a/1"));
        assertThat(TraceCollector.hex(intake.getParentSpanId()), is(CALLER));
        assertThat(intake.getKind(), is(Span.SpanKind.SPAN_KIND_SERVER));
        assertThat(sent.getParentSpanId(), is(intake.getSpanId()));
        assertThat(sent.getKind(), is(Span.SpanKind.SPAN_KIND_CLIENT));
        assertThat(
                "no data of the contact is in a span",
                collector.requests(),
                not(hasItem(containsString("example.com"))));
        assertThat(
                "the log names the trace", linesOfPauses(), hasItem(containsString("\"traceId\":\"" + TRACE + "\"")));
    }

    @Test
    void aRequestWithEventsOfTwoCallersShowsInBothTraces() throws IOException {
        // given a request with both events that Listrak did not accept
        listrak.answer(503);
        relay.with("TRACING_ENDPOINT", collector.url())
                .with("DELIVERY_REDELIVERIES", "0")
                .start();
        post("a/1", TRACE);
        post("b/1", OTHER_TRACE);
        await().atMost(BOUND).until(() -> collector.spans(TRACE, "send listrak").stream()
                .flatMap(span -> TraceCollector.attribute(span, "listrak_relay.events"))
                .anyMatch("2"::equals));

        // when
        listrak.answer(200);

        // then
        Span sent = awaitSent(TRACE, "accepted");
        assertThat(
                sent.getLinksList().stream()
                        .map(link -> TraceCollector.hex(link.getTraceId()))
                        .toList(),
                is(List.of(TRACE, OTHER_TRACE)));
        await().atMost(BOUND).until(() -> collector.spans(OTHER_TRACE, "deliver").stream()
                .anyMatch(span -> span.getLinks(0).getSpanId().equals(sent.getSpanId())));
    }

    @Test
    void aWebhookIsOneTraceToItsThirdParty() throws IOException {
        // given
        try (FakeThirdParty thirdParty = new FakeThirdParty()) {
            relay.with("TRACING_ENDPOINT", collector.url())
                    .with("WEBHOOK_ORDERS_SECRET", WebhookSender.SECRET)
                    .with("WEBHOOK_ORDERS_FORWARD_URL", thirdParty.url())
                    .with("WEBHOOK_ORDERS_ALLOW_PRIVATE", "true")
                    .start();
            String body = "{\"email\":\"a@example.com\",\"id\":\"w1\"}";
            String now = String.valueOf(Instant.now().getEpochSecond());

            // when
            int status = relay.webhook(
                    "orders", body, now, WebhookSender.sign(body + now), "traceparent", traceparent(TRACE));

            // then
            assertThat(status, is(200));
            await().atMost(BOUND)
                    .until(() -> !collector.spans(TRACE, "send webhook-orders").isEmpty());
            Span sent = collector.spans(TRACE, "send webhook-orders").get(0);
            Span received = collector.spans(TRACE, "webhook-receive").get(0);
            assertThat(sent.getParentSpanId(), is(received.getSpanId()));
            assertThat(TraceCollector.hex(received.getParentSpanId()), is(CALLER));
        }
    }

    @Test
    void withoutAnEndpointNothingIsExported() throws IOException {
        // given a collector that the exporter would find
        relay.with("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())
                .with("TRACING_SAMPLE", "1")
                .start();
        post("a/1", TRACE);
        awaitNothingPending(BOUND);

        // when it stops, so that nothing waits to be exported
        relay.sigterm().awaitExit();

        // then
        assertThat(listrak.orderIds(), hasItem("a/1"));
        assertThat(collector.requests(), empty());
    }

    private int post(String orderId, String traceId) throws IOException {
        return relay.answer("track", Callers.event(orderId), "traceparent", traceparent(traceId))
                .statusCode();
    }

    private List<String> linesOfPauses() {
        return relay.logText()
                .lines()
                .filter(line -> line.contains("paused, 1 event waiting"))
                .toList();
    }

    private static String traceparent(String traceId) {
        return "00-" + traceId + "-" + CALLER + "-01";
    }

    private Span awaitSent(String traceId, String outcome) {
        return await().atMost(BOUND)
                .until(
                        () -> collector.spans(traceId, "send listrak").stream()
                                .filter(span -> TraceCollector.attribute(span, "listrak_relay.outcome")
                                        .anyMatch(outcome::equals))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
