package dev.listrakrelay.delivery;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Holds all destinations by name: {@code listrak}, further Listrak accounts, and a third party for each webhook. */
@ApplicationScoped
public class Destinations {

    private final Clock clock;
    private final Clock steady;
    private final DestinationConfig config;
    private final MeterRegistry meters;
    private final Map<String, Destination> all = new ConcurrentHashMap<>();

    @Inject
    Destinations(Clock clock, DestinationConfig config, MeterRegistry meters) {
        this(clock, new SteadyClock(), config, meters);
    }

    Destinations(Clock clock, Clock steady, DestinationConfig config, MeterRegistry meters) {
        this.clock = clock;
        this.steady = steady;
        this.config = config;
        this.meters = meters;
    }

    /**
     * Adds a destination with a limit.
     *
     * @param maxEventsPerSecond the most events that may leave in a second, on average; empty: any number
     */
    public Destination add(String name, Duration maxAge, Optional<Long> maxEventsPerSecond) {
        Destination destination = add(name, maxAge);
        maxEventsPerSecond.ifPresent(limit -> destination.pacedBy(Pace.of(
                limit,
                Counter.builder("listrak.relay.paced")
                        .baseUnit("seconds")
                        .tag("destination", name)
                        .register(meters),
                TimeMeter.SYSTEM_NANOTIME)));
        return destination;
    }

    /** Adds a destination; the gauge {@code listrak.relay.parked} shows whether it is parked. */
    public Destination add(String name, Duration maxAge) {
        Destination destination =
                new Destination(name, maxAge, clock, steady, config).measuredBy(new RequestMeters(meters, name));
        DestinationState.watch(destination, meters);
        Gauge.builder("listrak.relay.parked", destination, d -> d.parked().isPresent() ? 1 : 0)
                .tag("destination", name)
                .register(meters);
        meters.counter("listrak.relay.ambiguous", "destination", name);
        all.put(name, destination);
        return destination;
    }

    /** Returns all destinations, sorted by name. */
    public Map<String, Destination> all() {
        return new TreeMap<>(all);
    }

    public Optional<Destination> named(String name) {
        return Optional.ofNullable(all.get(name));
    }
}
