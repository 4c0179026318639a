package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.admin.AnsweringProcess;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends an alert about nothing, so that an operator sees that alerts arrive. */
@ApplicationScoped
public class TestAlert {

    private final AlertsConfig config;
    private final Spools spools;
    private final AnsweringProcess process;
    private final Clock clock;

    TestAlert(AlertsConfig config, Spools spools, AnsweringProcess process, Clock clock) {
        this.config = config;
        this.spools = spools;
        this.process = process;
        this.clock = clock;
    }

    /**
     * Stores a test alert in the spool of alerts, which delivers it.
     *
     * @return the JSON that is posted; empty if alerts are off
     * @throws SpoolUnavailable if it can't be stored
     */
    public Optional<ObjectNode> send() {
        if (config.url().isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Problem none = new Problem(AlertKind.TEST, "", "This is a test. Nothing is wrong.", now, 0);
        ObjectNode json = new Alert(AlertState.RAISED, none, now)
                .toJson(config.pageUrl().map(URI::toString).orElse(""), process.name());
        SpoolUnavailable.await(spools.named(AlertsConfig.SPOOL)
                .append(List.of(Alert.event(UUID.randomUUID().toString(), json))));
        return Optional.of(json);
    }
}
