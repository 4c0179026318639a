package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.FieldCheck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile Map<CustomEvent, Contract> byEvent = Map.of();

    Contracts(ListrakConfig config, MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.isStrict = config.strict();
        Map<String, Counter> dropped = counters("listrak.relay.dropped.fields", meters);
        Map<String, Counter> discarded = counters("listrak.relay.discarded.fields", meters);
        this.counters = isStrict ? dropped : discarded;
        Gauge.builder("listrak.relay.contract.findings", this, all -> all.findings()
                        .size())
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
                .filter(contract -> contract.notChecked().isPresent())
                .count();
    }

    @Override
    public void check(CustomEvent customEvent, ObjectNode fields) {
        Contract contract = byEvent.get(customEvent);
        if (contract != null) {
            contract.check(fields, isStrict, clock.millis(), this::note);
        }
    }

    private void note(String reason, Optional<ContractIssue> first) {
        counters.get(reason).increment();
        first.filter(finding -> told.add(finding.message())).ifPresent(finding -> LOG.warn(finding.message()));
    }

    /** Removes the fields that would not be sent, without counting them. */
    public void preview(CustomEvent customEvent, ObjectNode fields) {
        Contract contract = byEvent.get(customEvent);
        if (contract != null && isStrict) {
            contract.schema().ifPresent(schema -> fields.properties()
                    .removeIf(field -> schema.misfit(field.getKey(), field.getValue()) != null));
        }
    }

    /** Holds these from now on, and what was known of them; answers them. */
    Map<CustomEvent, Contract> keep(Map<CustomEvent, String> inUse) {
        Map<CustomEvent, Contract> kept = new LinkedHashMap<>();
        inUse.forEach((event, what) -> kept.put(event, byEvent.getOrDefault(event, new Contract(what))));
        byEvent = kept;
        return kept;
    }

    /** Tells the log what was found and not told before, and what is mended. */
    void tell() {
        Set<String> now = new HashSet<>();
        findings().forEach(finding -> now.add(finding.message()));
        now.stream().filter(told::add).sorted().forEach(LOG::warn);
        told.retainAll(now);
    }

    public Collection<Contract> all() {
        return byEvent.values();
    }

    public List<ContractIssue> findings() {
        return byEvent.values().stream()
                .flatMap(contract -> contract.findings().stream())
                .toList();
    }

    /** Returns the schema of a custom event; empty while it is unknown. */
    public Optional<EventSchema> schema(CustomEvent event) {
        return Optional.ofNullable(byEvent.get(event)).flatMap(Contract::schema);
    }

    /** Returns the time since which sent fields are counted. */
    public Instant since() {
        return since;
    }

    public boolean isStrict() {
        return isStrict;
    }
}
