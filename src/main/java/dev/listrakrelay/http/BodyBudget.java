package dev.listrakrelay.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory of all request bodies in progress, from the first byte until the request is answered. Each {@link
 * BodyShare} has its own part, so that senders without a write key can't use up the memory of those with one.
 */
@ApplicationScoped
public class BodyBudget {

    /** With less, one large body would not fit into the smallest share. */
    private static final long LEAST = 8 << 20;

    private final Map<BodyShare, Part> parts = new EnumMap<>(BodyShare.class);

    private record Part(AtomicLong left, Counter refused) {}

    @Inject
    BodyBudget(IntakeConfig config, MeterRegistry meters) {
        this(
                config.bodyBudget()
                        .map(MemorySize::asLongValue)
                        .orElse(Runtime.getRuntime().maxMemory() / 8),
                meters);
    }

    BodyBudget(long budget, MeterRegistry meters) {
        for (BodyShare share : BodyShare.values()) {
            long bytes = share.of(Math.max(budget, LEAST));
            String name = share.name().toLowerCase(Locale.ROOT);
            AtomicLong left = new AtomicLong(bytes);
            parts.put(share, new Part(left, meters.counter("listrak.relay.bodies.refused", "share", name)));
            Gauge.builder("listrak.relay.bodies.bytes", left, room -> bytes - room.get())
                    .tag("share", name)
                    .register(meters);
        }
    }

    /** Takes so many bytes, if there is room for them. */
    boolean take(BodyShare share, long bytes) {
        Part part = parts.get(share);
        if (part.left().addAndGet(-bytes) >= 0) {
            return true;
        }
        part.left().addAndGet(bytes);
        part.refused().increment();
        return false;
    }

    void giveBack(BodyShare share, long bytes) {
        parts.get(share).left().addAndGet(bytes);
    }
}
