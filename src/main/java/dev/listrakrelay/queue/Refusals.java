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
public class Refusals {

    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, Refusal> known = new ConcurrentHashMap<>();

    Refusals(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
    }

    /** That of a source, which is known from now on. */
    Refusal of(String source) {
        return known.computeIfAbsent(source, name -> {
            Refusal refusal = new Refusal(name, clock);
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
    Map<String, Refusal.State> all() {
        Map<String, Refusal.State> all = new TreeMap<>();
        known.forEach((source, refusal) -> refusal.state().ifPresent(state -> all.put(source, state)));
        return all;
    }
}
