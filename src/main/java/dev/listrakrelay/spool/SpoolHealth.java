package dev.listrakrelay.spool;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports readiness: every spool accepts events, because it has space and can write to its disk. The check writes, so
 * that it notices a full or read-only disk.
 */
@Readiness
@ApplicationScoped
public class SpoolHealth implements HealthCheck {

    private static final long PATIENCE_SECONDS = 5;

    private final Spools spools;

    SpoolHealth(Spools spools) {
        this.spools = spools;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("spool writable").up();
        for (Map.Entry<String, Spool> spool : spools.opened().entrySet()) {
            if (spool.getKey().equals(SpoolLimits.ALERTS)) {
                continue; // alerts that can't be delivered are no reason to refuse events
            }
            try {
                spool.getValue().probe().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                health.withData(spool.getKey() + ".pending", spool.getValue().pending());
            } catch (Exception e) {
                health.down().withData(spool.getKey(), String.valueOf(e.getMessage()));
            }
        }
        return health.build();
    }
}
