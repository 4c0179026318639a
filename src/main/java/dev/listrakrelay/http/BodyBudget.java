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

    /** A smaller budget could not hold one large body in the smallest share. */
    private static final long MIN_BYTES = 8 << 20;

    private final Map<BodyShare, Part> parts = new EnumMap<>(BodyShare.class);

    private record Part(AtomicLong remaining, Counter refusals) {}

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
            long bytes = share.bytesOf(Math.max(budget, MIN_BYTES));
            String name = share.name().toLowerCase(Locale.ROOT);
            AtomicLong remaining = new AtomicLong(bytes);
            parts.put(share, new Part(remaining, meters.counter("listrak.relay.bodies.refused", "share", name)));
            Gauge.builder("listrak.relay.bodies.bytes", remaining, free -> bytes - free.get())
                    .tag("share", name)
                    .register(meters);
        }
    }

    /** Reserves the bytes in a share; false if the share has too few left. */
    boolean reserve(BodyShare share, long bytes) {
        Part part = parts.get(share);
        if (part.remaining().addAndGet(-bytes) >= 0) {
            return true;
        }
        part.remaining().addAndGet(bytes);
        part.refusals().increment();
        return false;
    }

    /** Returns bytes that {@link #reserve} took. */
    void release(BodyShare share, long bytes) {
        parts.get(share).remaining().addAndGet(bytes);
    }
}
