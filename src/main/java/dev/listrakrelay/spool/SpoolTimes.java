package dev.listrakrelay.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures a spool in histograms: {@code listrak.relay.delivery.delay} from when an event began to wait until it was
 * delivered, and {@code listrak.relay.commit.duration} from a write's request until it is on disk.
 */
public final class SpoolTimes {

    /** Measures nothing. */
    public static final SpoolTimes NONE = new SpoolTimes(new CompositeMeterRegistry(), Clock.systemUTC(), "none");

    private static final Duration[] DELAYS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };
    private static final Duration[] COMMITS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    private final Clock clock;
    private final Timer delays;
    private final Timer appends;
    private final Timer settlements;

    SpoolTimes(MeterRegistry meters, Clock clock, String spool) {
        this.clock = clock;
        this.delays = Timer.builder("listrak.relay.delivery.delay")
                .serviceLevelObjectives(DELAYS)
                .tag("spool", spool)
                .register(meters);
        this.appends = commits(meters, spool, "append");
        this.settlements = commits(meters, spool, "settle");
    }

    private static Timer commits(MeterRegistry meters, String spool, String operation) {
        return Timer.builder("listrak.relay.commit.duration")
                .serviceLevelObjectives(COMMITS)
                .tags("spool", spool, "operation", operation)
                .register(meters);
    }

    /** Records that events are on disk. */
    public void appended(long nanos) {
        appends.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Records that outcomes are on disk, and how long the delivered events had waited. */
    void settled(Map<Event, Settlement> outcomes, long nanos) {
        settlements.record(nanos, TimeUnit.NANOSECONDS);
        long now = clock.millis();
        outcomes.forEach((event, outcome) -> {
            if (outcome instanceof Settlement.Delivered) {
                delays.record(Math.max(0, now - event.pendingSince().toEpochMilli()), TimeUnit.MILLISECONDS);
            }
        });
    }
}
