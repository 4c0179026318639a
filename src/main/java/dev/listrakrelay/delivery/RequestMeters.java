package dev.listrakrelay.delivery;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures the requests to a destination in histograms: {@code listrak.relay.request.duration} by the class of the status,
 * and {@code listrak.relay.request.events}, the events in a request.
 */
final class RequestMeters {

    /** Measures nothing. */
    static final RequestMeters NONE = new RequestMeters(new CompositeMeterRegistry(), "none");

    private static final int NO_ANSWER = 0;
    private static final Duration[] DURATIONS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final double[] EVENTS = {1, 5, 20, 100, 250, 500, 1_000, 10_000};

    private final MeterRegistry meters;
    private final String destination;
    private final DistributionSummary events;
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry meters, String destination) {
        this.meters = meters;
        this.destination = destination;
        this.events = DistributionSummary.builder("listrak.relay.request.events")
                .serviceLevelObjectives(EVENTS)
                .tag("destination", destination)
                .register(meters);
    }

    /** @param status the status of the answer; 0 without a complete answer */
    void ended(int status, long nanos, int carried) {
        durations.computeIfAbsent(statusClass(status), this::duration).record(nanos, TimeUnit.NANOSECONDS);
        events.record(carried);
    }

    private static String statusClass(int status) {
        return status == NO_ANSWER ? "none" : status / 100 + "xx";
    }

    private Timer duration(String statusClass) {
        return Timer.builder("listrak.relay.request.duration")
                .serviceLevelObjectives(DURATIONS)
                .tags("destination", destination, "status_class", statusClass)
                .register(meters);
    }
}
