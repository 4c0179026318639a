package dev.listrakrelay.spool.camel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.DestinationGate;
import dev.listrakrelay.spool.Event;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lane whose route fails tries again as often as the back-off formula says, measured with a test clock. */
class LaneWorkerTest {

    private static final Logger LOG = Logger.getLogger(LaneWorkerTest.class);
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    private static final Backoff AS_SHIPPED = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final int LANES = 150;

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final Instant start = clock.instant();
    private final List<Long> tries = new ArrayList<>();

    @Test
    void tenMinutesOf503CostAsManyTriesAsTheFormulaSays() throws Exception {
        // given
        SpoolLimits retention = new SpoolLimits(Duration.ofDays(30), Duration.ZERO, 0);
        try (Spool spool = new SqliteSpool(dir, "events", LANES, clock, retention);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            spool.append(IntStream.range(0, 20 * LANES).mapToObj(this::event).toList())
                    .toCompletableFuture()
                    .join();

            // when each lane goes through the same ten minutes, one lane after the other
            int tested = 0;
            for (int lane = 0; lane < LANES; lane++) {
                if (spool.laneStates().get(lane).pending() > 0) {
                    runWorker(camel, spool, lane);
                    tested++;
                }
            }

            // then
            double found = (double) tries.size() / tested;
            LOG.infof("%d lanes, %.2f tries each, expected %.2f", tested, found, expectedTries());
            assertThat(tested > LANES / 2, is(true));
            assertThat(found, closeTo(expectedTries(), 0.2 * expectedTries()));
            for (int minute : new int[] {1, 5}) {
                Duration until = Duration.ofMinutes(minute);
                double foundBy = (double) tries.stream()
                                .filter(at -> at < until.toMillis())
                                .count()
                        / tested;
                assertThat(foundBy, closeTo(expectedTries(until), 0.2 * expectedTries(until)));
            }
        }
    }

    private static double expectedTries() {
        return expectedTries(OUTAGE);
    }

    /**
     * The mean number of tries that begin within a time. The first try begins at 0. The pause after try n, counted from
     * 0, is random, uniform between 0 and min(5 min, 1 s · 2ⁿ) (full jitter).
     */
    private static double expectedTries(Duration within) {
        Random random = new Random(1);
        int rounds = 20_000;
        long tries = 0;
        for (int round = 0; round < rounds; round++) {
            int failures = 0;
            for (double at = 0; at < within.toSeconds(); failures++) {
                at += random.nextDouble() * Math.min(300, Math.pow(2, failures));
            }
            tries += failures;
        }
        return (double) tries / rounds;
    }

    /**
     * Runs a lane worker from the start of the outage to its end. Instead of waiting, it moves the clock to the next
     * try.
     */
    private void runWorker(DefaultCamelContext camel, Spool spool, int lane) throws Exception {
        clock.advance(Duration.between(clock.instant(), start));
        LaneWorker[] worker = new LaneWorker[1];
        Spool hurried = (Spool)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Spool.class}, (p, method, args) -> {
                    if (method.getName().equals("take")) {
                        Instant until = spool.laneStates().get(lane).pausedUntil();
                        if (until.isAfter(clock.instant())) {
                            clock.advance(Duration.between(clock.instant(), until));
                        }
                        if (clock.instant().isAfter(start.plus(OUTAGE))) {
                            worker[0].stop();
                        }
                    }
                    try {
                        return method.invoke(spool, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        DefaultConsumer failing = new DefaultConsumer(camel.getEndpoint("direct:listrak"), exchange -> {
            long millis = Duration.between(start, clock.instant()).toMillis();
            if (millis < OUTAGE.toMillis()) {
                tries.add(millis);
            }
            exchange.setException(new IllegalStateException("503"));
        });
        worker[0] = new LaneWorker(
                failing,
                "events",
                hurried,
                lane,
                new SpoolComponent.ConsumerOptions(
                        1_000, Duration.ZERO, AS_SHIPPED, DestinationGate.OPEN, Tracing.OFF));
        worker[0].run();
    }

    private Event event(int number) {
        return new Event(
                0,
                "id-" + number,
                "rest",
                "page",
                "",
                "contact-" + number,
                start,
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
