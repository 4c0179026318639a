package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.FieldCheck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Checks every field that is sent against the schema of its custom event. Counts the fields that Listrak would silently
 * discard, and logs each once. With {@code listrak.strict}, removes them.
 */
@Singleton
public class Contracts implements FieldCheck {

    private static final Logger LOG = Logger.getLogger(Contracts.class);

    private final boolean isStrict;
    private final Clock clock;
    private final Instant since;
    private final Map<String, Counter> counters;
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private volatile Map<CustomEvent, Contract> byEvent = Map.of();

    Contracts(ListrakConfig config, MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.isStrict = config.strict();
        Map<String, Counter> dropped = counters("listrak.relay.dropped.fields", meters);
        Map<String, Counter> discarded = counters("listrak.relay.discarded.fields", meters);
        this.counters = isStrict ? dropped : discarded;
        Gauge.builder("listrak.relay.contract.issues", this, all -> all.issues().size())
                .register(meters);
        Gauge.builder("listrak.relay.contract.unchecked", this, Contracts::unchecked)
                .register(meters);
    }

    private static Map<String, Counter> counters(String name, MeterRegistry meters) {
        return Map.of(
                EventSchema.UNKNOWN_FIELD, meters.counter(name, "reason", EventSchema.UNKNOWN_FIELD),
                EventSchema.WRONG_TYPE, meters.counter(name, "reason", EventSchema.WRONG_TYPE));
    }

    private long unchecked() {
        return byEvent.values().stream()
                .filter(contract -> contract.lastFailure().isPresent())
                .count();
    }

    @Override
    public void check(CustomEvent customEvent, ObjectNode fields) {
        Contract contract = byEvent.get(customEvent);
        if (contract != null) {
            contract.check(fields, isStrict, clock.millis(), this::count);
        }
    }

    private void count(String reason, Optional<ContractIssue> first) {
        counters.get(reason).increment();
        first.map(ContractIssue::message).filter(lines::isDue).ifPresent(LOG::warn);
    }

    /** Removes the fields that would not be sent, without counting them. */
    public void preview(CustomEvent customEvent, ObjectNode fields) {
        Contract contract = byEvent.get(customEvent);
        if (contract != null && isStrict) {
            contract.schema().ifPresent(schema -> fields.properties()
                    .removeIf(field -> schema.mismatch(field.getKey(), field.getValue()) != null));
        }
    }

    /**
     * Replaces the custom events that are checked. Keeps what is known of those that stay.
     *
     * @param inUse the custom events with their names for operators
     */
    Map<CustomEvent, Contract> replace(Map<CustomEvent, String> inUse) {
        Map<CustomEvent, Contract> kept = new LinkedHashMap<>();
        inUse.forEach((event, name) -> kept.put(event, byEvent.getOrDefault(event, new Contract(name))));
        byEvent = kept;
        return kept;
    }

    /** Logs the issues that are new since the last call. */
    void logNew() {
        Set<String> now = new TreeSet<>();
        issues().forEach(issue -> now.add(issue.message()));
        now.stream().filter(lines::isDue).forEach(LOG::warn);
        lines.endAllExcept(now);
    }

    public Collection<Contract> all() {
        return byEvent.values();
    }

    public List<ContractIssue> issues() {
        return byEvent.values().stream()
                .flatMap(contract -> contract.issues().stream())
                .toList();
    }

    /** Returns the contract of a custom event; empty before its first check. */
    public Optional<Contract> contract(CustomEvent event) {
        return Optional.ofNullable(byEvent.get(event));
    }

    /** Returns the schema of a custom event; empty while it is unknown. */
    public Optional<EventSchema> schema(CustomEvent event) {
        return contract(event).flatMap(Contract::schema);
    }

    /** Returns the time since which sent fields are counted. */
    public Instant since() {
        return since;
    }

    public boolean isStrict() {
        return isStrict;
    }
}
