package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.ingest.EventArrivals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds events that stay away for longer than {@code alerts.quiet.<name>.longest}, and shows them in a gauge. */
@ApplicationScoped
public class QuietEvents implements ProblemSource {

    private final Map<String, Duration> longest = new TreeMap<>();
    private final EventArrivals arrivals;
    private final Clock clock;

    QuietEvents(QuietConfig config, EventArrivals arrivals, Clock clock) {
        this.arrivals = arrivals;
        this.clock = clock;
        config.byName().values().forEach(expected -> longest.put(expected.event(), expected.longest()));
        arrivals.watch(longest.keySet());
    }

    void watch(@Observes StartupEvent started, MeterRegistry meters) {
        longest.keySet()
                .forEach(event -> Gauge.builder("listrak.relay.event.quiet", this, all -> all.isQuiet(event) ? 1 : 0)
                        .tag("event", event)
                        .register(meters));
    }

    private boolean isQuiet(String event) {
        return arrivals.last(event).plus(longest.get(event)).isBefore(clock.instant());
    }

    @Override
    public Stream<Problem> problems() {
        return longest.keySet().stream().filter(this::isQuiet).map(this::problem);
    }

    private Problem problem(String event) {
        Instant last = arrivals.last(event);
        return new Problem(
                AlertKind.EVENT_QUIET,
                event,
                "No event " + event + " arrived since " + last + ", longer than " + longest.get(event) + ".",
                last,
                1);
    }

    @Override
    public void restore(JsonNode saved) {
        saved.properties()
                .forEach(event -> arrivals.restore(
                        event.getKey(), Instant.ofEpochMilli(event.getValue().asLong())));
    }

    /** To the minute, so that the file is not written all the time. */
    @Override
    public void save(ObjectNode saved) {
        longest.keySet()
                .forEach(event -> saved.put(
                        event,
                        arrivals.last(event).truncatedTo(ChronoUnit.MINUTES).toEpochMilli()));
    }
}
