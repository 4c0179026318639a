package dev.listrakrelay.spool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Publishes metrics of events by spool: the counters {@code listrak.relay.accepted, delivered, retried,
 * forwarded{reason}, dropped{reason}, dead{reason}, replayed{reason}, replayed_dropped{reason}} since the spool was
 * created, and the gauges {@code listrak.relay.pending}, {@code listrak.relay.held.events} and {@code
 * listrak.relay.oldest.pending.age}.
 */
@ApplicationScoped
public class SpoolMeters {

    private static final String PREFIX = "listrak.relay.";
    private static final Map<String, String> REPLAYED = Map.of("dead", "replayed", "dropped", Spool.REPLAYED_DROPPED);

    private final MeterRegistry meters;
    private final Clock clock;
    private final RoomMeters room;
    private final Map<String, SpoolTimes> times = new ConcurrentHashMap<>();

    SpoolMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.room = new RoomMeters(meters);
    }

    void watch(String name, SpoolCounts spool) {
        Tags tags = Tags.of("spool", name);
        List.of("accepted", "delivered", "retried")
                .forEach(outcome -> counter(spool, new Spool.Outcome(outcome, ""), tags));
        spool.onNewOutcome(outcome -> {
            if (!outcome.reason().isEmpty()) {
                counter(spool, outcome, tags.and("reason", outcome.reason()));
            }
        });
        Gauge.builder(PREFIX + "pending", spool, SpoolCounts::pending)
                .tags(tags)
                .register(meters);
        Gauge.builder(PREFIX + "held.events", spool, s -> s.held().events())
                .tags(tags)
                .register(meters);
        FunctionCounter.builder(PREFIX + "not.held", spool, s -> s.held().notHeld())
                .tags(tags)
                .register(meters);
        TimeGauge.builder(PREFIX + "oldest.pending.age", spool, TimeUnit.MILLISECONDS, this::age)
                .tags(tags)
                .register(meters);
        room.watch(name, spool);
    }

    void watchDeliveryLog(String name, Spool spool) {
        new DeliveryLogMeters(meters, clock).watch(name, spool);
    }

    void watchDisk(Path dir) {
        room.watchDisk(dir);
    }

    /** Returns the histograms of a spool. */
    SpoolTimes times(String name) {
        return times.computeIfAbsent(name, spool -> new SpoolTimes(meters, clock, spool));
    }

    private void counter(SpoolCounts spool, Spool.Outcome outcome, Tags tags) {
        FunctionCounter.builder(PREFIX + outcome.name(), spool, s -> count(s, outcome))
                .tags(tags)
                .register(meters);
    }

    /** A replayed event still counts as dead or dropped here, because a counter must not decrease. */
    private static double count(SpoolCounts spool, Spool.Outcome outcome) {
        Map<Spool.Outcome, Long> tally = spool.counted();
        String again = REPLAYED.getOrDefault(outcome.name(), "");
        long replayed = tally.getOrDefault(new Spool.Outcome(again, outcome.reason()), 0L);
        return tally.getOrDefault(outcome, 0L) + replayed;
    }

    private double age(SpoolCounts spool) {
        return spool.oldestPending()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis())
                .orElse(0L);
    }
}
