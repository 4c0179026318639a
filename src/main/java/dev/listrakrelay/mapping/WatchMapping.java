package dev.listrakrelay.mapping;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Checks every two seconds whether the mapping file has changed. It reads the whole file: if a ConfigMap's links
 * change, neither the file's time nor its folder show it.
 */
@ApplicationScoped
public class WatchMapping {

    private static final Logger LOG = Logger.getLogger(WatchMapping.class);
    private static final long EVERY_SECONDS = 2;

    private final MappingConfig config;
    private final CurrentMapping mapping;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "mapping-watch");
        watch.setDaemon(true);
        return watch;
    });

    WatchMapping(MappingConfig config, CurrentMapping mapping) {
        this.config = config;
        this.mapping = mapping;
    }

    void start(@Observes StartupEvent started) {
        if (config.file().isPresent()) {
            thread.scheduleWithFixedDelay(this::check, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Logs every exception, because the executor would not run a failed task again. */
    private void check() {
        try {
            mapping.check();
        } catch (RuntimeException e) {
            LOG.errorf(e, "mapping: can't check %s for changes, trying again in %d s", mapping.name(), EVERY_SECONDS);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        thread.shutdownNow();
    }
}
