package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.admin.AnsweringProcess;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.Spools;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for problems every {@code alerts.check-interval}, as soon as the spools can be reached. */
@ApplicationScoped
public class AlertSchedule {

    private static final Logger LOG = Logger.getLogger(AlertSchedule.class);
    private static final String MEMORY = "alerts.json";
    private static final String FAILED = "failed";

    private final AlertsConfig config;
    private final SpoolConfig spool;
    private final Spools spools;
    private final List<ProblemSource> sources;
    private final AnsweringProcess process;
    private final Clock clock;
    private final LogRateLimiter lines;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "alerts-watch");
        watch.setDaemon(true);
        return watch;
    });

    AlertSchedule(
            AlertsConfig config,
            SpoolConfig spool,
            Spools spools,
            @All List<ProblemSource> sources,
            AnsweringProcess process,
            Clock clock) {
        this.config = config;
        this.spool = spool;
        this.spools = spools;
        this.sources = sources;
        this.process = process;
        this.clock = clock;
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    void start() {
        spools.whenReachable(() -> {
            AlertWatch watch = new AlertWatch(
                    sources,
                    new AlertMemory(spool.dir().resolve(MEMORY), clock.instant()),
                    AlertLimits.of(config),
                    clock,
                    spools.named(AlertsConfig.SPOOL),
                    this::json);
            long millis = config.checkInterval().toMillis();
            thread.scheduleWithFixedDelay(() -> look(watch), millis, millis, TimeUnit.MILLISECONDS);
        });
    }

    private ObjectNode json(Alert alert) {
        return alert.toJson(config.pageUrl().map(URI::toString).orElse(""), process.name());
    }

    /** Logs every exception, because the executor would not run a failed task again. */
    private void look(AlertWatch watch) {
        try {
            watch.look();
        } catch (RuntimeException e) {
            if (lines.isDue(FAILED)) {
                LOG.errorf(e, "alerts: can't look for problems, trying again in %s", config.checkInterval());
            }
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        thread.shutdownNow();
    }
}
