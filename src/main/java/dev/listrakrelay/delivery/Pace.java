package dev.listrakrelay.delivery;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Spaces the requests of all lanes to a destination. After a request of n events, the next request waits for n times the
 * pause between two events. So on average no more events leave than the limit, and the first request of a quiet time leaves
 * at once.
 */
final class Pace {

    /** No limit. */
    static final Pace NONE = new Pace(0, null, null);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final long eventsPerSecond;
    private final Bucket permits;
    private final Counter waited;

    private Pace(long eventsPerSecond, Bucket permits, Counter waited) {
        this.eventsPerSecond = eventsPerSecond;
        this.permits = permits;
        this.waited = waited;
    }

    /**
     * @param eventsPerSecond the limit, 1 or more
     * @param waited counts the seconds that requests waited
     */
    static Pace of(long eventsPerSecond, Counter waited, TimeMeter time) {
        // one permit at most is saved up, so that no burst follows a quiet time
        Bucket permits = Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillGreedy(eventsPerSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
        return new Pace(eventsPerSecond, permits, waited);
    }

    /** Returns the limit; empty without one. */
    Optional<Long> limit() {
        return permits == null ? Optional.empty() : Optional.of(eventsPerSecond);
    }

    /** Returns the seconds that requests have waited since the start. */
    double waitedSeconds() {
        return waited.count();
    }

    /**
     * Waits for the turn of a request. Requests take turns in the order of their calls.
     *
     * @param isEnding whether the caller must not wait longer
     * @return whether its turn has come
     */
    boolean awaitTurn(int events, BooleanSupplier isEnding) throws InterruptedException {
        if (permits == null) {
            return true;
        }
        long start = System.nanoTime();
        long turn = start + reserve(events);
        for (long now = start; now < turn; now = System.nanoTime()) {
            if (isEnding.getAsBoolean()) {
                return false;
            }
            pause(Math.min(turn - now, PATIENCE.toNanos()));
        }
        waited.increment((System.nanoTime() - start) / (double) SECOND);
        return true;
    }

    /** Takes the permits of a request. Returns how long the earlier requests still need theirs, in nanoseconds. */
    long reserve(int events) {
        long untilAllArePaid = permits.consumeIgnoringRateLimits(events);
        return Math.max(0, untilAllArePaid - events * SECOND / eventsPerSecond);
    }

    private synchronized void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
}
