package dev.listrakrelay.alert;

import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds delivery logs whose oldest unsent record waits for longer than {@code alerts.old-pending}, and delivery logs that
 * lost records within that time. Without a delivery log, it finds nothing.
 */
@ApplicationScoped
public class DeliveryLogProblems implements ProblemSource {

    private final Supplier<Map<String, DeliveryLog>> logs;
    private final Duration old;
    private final Clock clock;
    private final Map<String, Loss> losses = new HashMap<>();

    /** How many records were lost when the number last grew, and when that was seen. */
    private record Loss(long records, Instant at) {

        static final Loss NONE = new Loss(0, Instant.EPOCH);
    }

    @Inject
    DeliveryLogProblems(Spools spools, AlertsConfig config, Clock clock) {
        this(() -> logs(spools), config.oldPending(), clock);
    }

    /** @param logs returns the delivery log of each spool, by name */
    DeliveryLogProblems(Supplier<Map<String, DeliveryLog>> logs, Duration old, Clock clock) {
        this.logs = logs;
        this.old = old;
        this.clock = clock;
    }

    private static Map<String, DeliveryLog> logs(Spools spools) {
        return spools.opened().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, spool -> spool.getValue()
                .deliveryLog()));
    }

    @Override
    public Stream<Problem> problems() {
        return logs.get().entrySet().stream().flatMap(spool -> Stream.of(
                        behind(spool.getKey(), spool.getValue()),
                        lost(spool.getKey(), spool.getValue().lost()))
                .flatMap(Optional::stream));
    }

    private Optional<Problem> behind(String spool, DeliveryLog log) {
        return log.oldestUnsent()
                .filter(this::isOld)
                .map(oldest -> new Problem(
                        AlertKind.DELIVERY_LOG_BEHIND,
                        spool,
                        "The delivery log of the spool " + spool + " has " + Plural.of(log.unsent(), "record")
                                + " to send, the first since " + oldest
                                + ". The file, the address or the topic is away or slow. Events are not affected.",
                        oldest,
                        log.unsent()));
    }

    private Optional<Problem> lost(String spool, long records) {
        Loss loss = losses.getOrDefault(spool, Loss.NONE);
        if (records > loss.records()) {
            loss = new Loss(records, clock.instant());
            losses.put(spool, loss);
        }
        return isOld(loss.at())
                ? Optional.empty()
                : Optional.of(new Problem(
                        AlertKind.DELIVERY_LOG_LOST,
                        spool,
                        "The delivery log of the spool " + spool + " lost " + Plural.of(records, "record")
                                + ", because more than delivery-log.max-unsent waited. They are not in your warehouse.",
                        loss.at(),
                        records));
    }

    private boolean isOld(Instant moment) {
        return moment.plus(old).isBefore(clock.instant());
    }
}
