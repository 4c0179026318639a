package dev.listrakrelay.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads append events while lanes deliver them. */
abstract class ManyThreadsContract extends SpoolFixture {

    private static final int LANES = 3;
    private static final int CALLERS = 4;
    private static final int APPENDS = 60;
    private static final int EVENTS_EACH = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, ConcurrentLinkedQueue<String>> delivered = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    ManyThreadsContract(Engine engine) {
        super(engine);
    }

    @AfterEach
    void stop() {
        stopped = true;
        threads.shutdownNow();
    }

    @Test
    void everythingAcceptedIsDeliveredOnceAndInOrder() throws Exception {
        // given
        open(LANES);
        List<? extends Future<?>> lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> threads.submit(() -> walk(lane)))
                .toList();

        // when
        List<? extends Future<?>> callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> threads.submit(() -> call(caller)))
                .toList();
        for (Future<?> caller : callers) {
            caller.get();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return spool.pending() == 0;
        });
        stopped = true;
        for (Future<?> lane : lanes) {
            lane.get();
        }

        // then
        assertEquals(CALLERS * 5, delivered.size());
        delivered.forEach((contact, ids) -> assertEquals(
                IntStream.range(0, APPENDS * EVENTS_EACH)
                        .filter(i -> contact.endsWith("-" + i % 5))
                        .mapToObj(i -> contact.split("-")[0] + "-" + i)
                        .toList(),
                List.copyOf(ids)));
        assertEquals((long) CALLERS * APPENDS * EVENTS_EACH, appended());
        assertEquals(appended(), count("accepted"));
        assertEquals(appended(), count("delivered"));
        assertTrue(spool.tally().get(new Spool.Outcome("retried", "")) > 0);
        reopen(LANES);
        assertEquals(0, spool.pending());
        assertEquals(appended(), count("accepted"));
    }

    private void call(int caller) {
        for (int i = 0; i < APPENDS; i++) {
            int from = i * EVENTS_EACH;
            append(IntStream.range(from, from + EVENTS_EACH)
                    .mapToObj(n -> event("c" + caller + "-" + n % 5, "c" + caller + "-" + n))
                    .toArray(Event[]::new));
        }
    }

    private void walk(int lane) {
        Random random = new Random(lane);
        while (!stopped) {
            try {
                Optional<Batch> next = spool.take(lane, 50, Duration.ofMillis(1), Duration.ofMillis(20));
                next.ifPresent(batch -> deliverSome(batch, random));
                spool.release(lane);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Delivers events up to a random one and retries this one. Leaves all events after it unsettled. */
    private void deliverSome(Batch batch, Random random) {
        int stop = random.nextInt(batch.size() + 10);
        int i = 0;
        for (Event event : batch) {
            if (i++ == stop) {
                batch.mark(event, retryIn(Duration.ofMillis(500)));
                break;
            }
            batch.mark(event, DELIVERED);
            delivered
                    .computeIfAbsent(event.contact(), c -> new ConcurrentLinkedQueue<>())
                    .add(event.messageId());
        }
        batch.commit();
    }
}
