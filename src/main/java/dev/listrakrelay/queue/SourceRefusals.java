package dev.listrakrelay.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which sources are refused by their brokers, and tells it in the gauge {@code listrak.relay.source.refused}. */
@ApplicationScoped
public class SourceRefusals {

    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, SourceRefusal> known = new ConcurrentHashMap<>();

    SourceRefusals(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /** That of a source, which is known from now on. */
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

    /** Those that are refused now, by the source's name. */
    Map<String, SourceRefusal.State> all() {
        Map<String, SourceRefusal.State> all = new TreeMap<>();
        known.forEach((source, refusal) -> refusal.state().ifPresent(state -> all.put(source, state)));
        return all;
    }
}
