package dev.listrakrelay.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the refusals of all sources, and shows them in the gauge {@code listrak.relay.source.refused}. */
@ApplicationScoped
public class SourceRefusals {

    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, SourceRefusal> known = new ConcurrentHashMap<>();

    SourceRefusals(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /** Returns the refusal of a source; the first call adds its gauge. */
    SourceRefusal of(String source) {
        return known.computeIfAbsent(source, name -> {
            SourceRefusal refusal = new SourceRefusal(name, clock);
            Gauge.builder(
                            "listrak.relay.source.refused",
                            refusal,
                            one -> one.state().isPresent() ? 1 : 0)
                    .tag("source", name)
                    .register(meters);
            return refusal;
        });
    }

    /** Returns the sources that are refused now, sorted by name. */
    public Map<String, SourceRefusal.Refusal> all() {
        Map<String, SourceRefusal.Refusal> all = new TreeMap<>();
        known.forEach((source, refusal) -> refusal.state().ifPresent(state -> all.put(source, state)));
        return all;
    }
}
