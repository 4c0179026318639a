package dev.listrakrelay.spool;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The spool measures the delay of delivered events, the duration of commits, and how full it is. */
class SpoolTimesTest extends SpoolFixture {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    SpoolTimesTest() {
        super((dir, lanes, clock) -> new SpoolFolder(dir, lanes, clock)
                .open(
                        "events",
                        new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 1_000, 1_000_000, 0, 500, 25)));
    }

    @Test
    void theDelayIsThatOfDeliveredEventsAndEachCommitIsMeasured() throws InterruptedException {
        // given
        open(1);
        spool.append(List.of(event("one", "a"), event("two", "b")))
                .toCompletableFuture()
                .join();
        clock.advance(Duration.ofSeconds(3));
        Batch batch = spool.take(0, PLENTY, Duration.ZERO, Duration.ofSeconds(10))
                .orElseThrow()
                .measuredBy(new SpoolTimes(meters, clock, "events"));
        List<Event> events = batch.unsettledEvents();

        // when
        batch.mark(events.get(0), DELIVERED);
        batch.mark(events.get(1), new Settlement.Dropped("no_rule"));
        batch.commit();

        // then
        Timer delays = meters.get("listrak.relay.delivery.delay").timer();
        assertThat(delays.count(), is(1L));
        assertThat(delays.totalTime(TimeUnit.SECONDS), is(3.0));
        assertThat(
                meters.get("listrak.relay.commit.duration")
                        .tag("operation", "settle")
                        .timer()
                        .count(),
                is(1L));
    }

    @Test
    void aSpoolMeasuresItsUsedAndFreeSpace() {
        // given
        open(1);
        new RoomMeters(meters).watch("events", spool);

        // when
        double used = gauge("listrak.relay.spool.used");

        // then
        assertThat(used, greaterThan(0.0));
        assertThat(gauge("listrak.relay.spool.limit"), is(1_000_000.0));
        assertThat(used + gauge("listrak.relay.spool.free"), is(1_000_000.0));
    }

    private double gauge(String name) {
        return meters.get(name).tag("spool", "events").gauge().value();
    }
}
