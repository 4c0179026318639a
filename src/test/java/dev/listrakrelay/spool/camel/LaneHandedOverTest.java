package dev.listrakrelay.spool.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DestinationGate;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.sqlite.SqliteSpool;
import dev.listrakrelay.tracing.Tracing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay does not send the events of a lane that is handed over to another process. */
class LaneHandedOverTest {

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final List<String> called = new ArrayList<>();
    private final AtomicInteger routed = new AtomicInteger();
    private LaneWorker worker;

    @Test
    void aBatchThatWaitsAtTheGateIsReleasedWhenItsLaneIsHandedOver() throws Exception {
        // given a gate that opens at the third attempt, and a lane that is handed over before
        AtomicBoolean isHandedOver = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        DestinationGate gate = patience -> {
            isHandedOver.set(true);
            return looks.incrementAndGet() > 2;
        };

        // when
        long pending = runWorker(gate, Map.of("isHandedOver", isHandedOver::get));

        // then
        assertEquals(0, routed.get());
        assertEquals(List.of("take", "release", "take"), called);
        assertEquals(1, pending);
    }

    @Test
    void aSettlementThatFailsBecauseTheLaneIsLostIsNotRepeated() throws Exception {
        // given
        CompletableFuture<Void> lost = CompletableFuture.failedFuture(new LaneLost("lost"));

        // when
        runWorker(DestinationGate.OPEN, Map.of("settle", () -> lost));

        // then
        assertEquals(1, routed.get());
        assertEquals(List.of("take", "settle", "release", "take"), called);
    }

    private interface Answer {
        Object now();
    }

    /** Runs the lane worker until its second take. Returns how many events are pending then. */
    private long runWorker(DestinationGate gate, Map<String, Answer> answers) throws Exception {
        SpoolLimits retention = new SpoolLimits(Duration.ofDays(30), Duration.ZERO, 0);
        try (Spool spool = new SqliteSpool(dir, "events", 1, clock, retention);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            byte[] raw = "{}".getBytes(StandardCharsets.UTF_8);
            spool.append(List.of(new Event(0, "1", "rest", "page", "", "a", clock.instant(), raw)))
                    .toCompletableFuture()
                    .join();
            DefaultConsumer route = new DefaultConsumer(camel.getEndpoint("direct:listrak"), exchange -> {
                routed.incrementAndGet();
                Batch batch = SpoolExchange.batch(exchange);
                batch.forEach(event -> batch.mark(event, new Settlement.Delivered()));
            });
            worker = new LaneWorker(
                    route,
                    "events",
                    answering(spool, answers),
                    0,
                    new SpoolComponent.ConsumerOptions(
                            10,
                            Duration.ZERO,
                            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                            gate,
                            Tracing.OFF));
            worker.run();
            return spool.pending();
        }
    }

    private Spool answering(Spool spool, Map<String, Answer> answers) {
        List<String> told = List.of("take", "settle", "release", "pause");
        Object[] itself = new Object[1];
        itself[0] =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Spool.class}, (p, method, args) -> {
                    String name = method.getName();
                    if (told.contains(name)) {
                        called.add(name);
                    }
                    if (name.equals("take")
                            && called.stream().filter("take"::equals).count() > 1) {
                        worker.stop();
                        return Optional.empty();
                    }
                    if (answers.containsKey(name)) {
                        return answers.get(name).now();
                    }
                    try {
                        Object answer = method.invoke(spool, args);
                        // the batches settle through these answers, too
                        return name.equals("take")
                                ? ((Optional<?>) answer).map(batch -> rebound((Batch) batch, (Spool) itself[0]))
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (Spool) itself[0];
    }

    private static Batch rebound(Batch batch, Spool spool) {
        return new Batch(spool, 0, batch.unsettledEvents(), event -> 0);
    }
}
