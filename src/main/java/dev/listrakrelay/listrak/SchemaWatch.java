package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CurrentMapping;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * Starts the check of the mapping against Listrak: when the routes run, when the mapping changes, and every {@code
 * listrak.schema-check}. After a failed check, it tries again in a minute. It has its own thread, so it delays neither the
 * start nor a delivery.
 */
@ApplicationScoped
public class SchemaWatch {

    private static final Logger LOG = Logger.getLogger(SchemaWatch.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final SchemaCheck check;
    private final CurrentMapping mapping;
    private final CamelContext camel;
    private final Clock clock;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "schema-check");
        watch.setDaemon(true);
        return watch;
    });
    private Instant due = Instant.EPOCH;
    private Instant checkedMapping = Instant.EPOCH;

    SchemaWatch(SchemaCheck check, CurrentMapping mapping, CamelContext camel, Clock clock, ListrakConfig config) {
        this.check = check;
        this.mapping = mapping;
        this.camel = camel;
        this.clock = clock;
        this.interval = config.schemaCheck();
    }

    void start(@Observes StartupEvent started) {
        if (!interval.isZero()) {
            thread.scheduleWithFixedDelay(this::checkIfDue, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** A task that throws would not be run again. */
    private void checkIfDue() {
        try {
            Instant now = clock.instant();
            Instant changed = mapping.active().since();
            if (camel.isStarted() && (!now.isBefore(due) || !changed.equals(checkedMapping))) {
                checkedMapping = changed;
                boolean isDone = check.run();
                due = clock.instant()
                        .plus(isDone || interval.compareTo(RETRY_INTERVAL) < 0 ? interval : RETRY_INTERVAL);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "listrak: mapping not checked against the schemas of the custom events");
        }
    }

    /** Lets a check end by itself, because one that is cut off would be logged as a failure. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
