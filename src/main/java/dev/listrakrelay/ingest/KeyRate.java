package dev.listrakrelay.ingest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the events of one write key. While the key has permits, it may post a request of any size, so that no request is
 * refused for ever. If a request takes more permits than there are, the next request waits until they are refilled.
 */
final class KeyRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String key;
    private final long eventsPerSecond;
    private final Bucket permits;
    private final Counter accepted;
    private final Counter limited;

    /**
     * @param key how messages name the key, such as {@code write key 2}
     * @param burst the permits that a quiet key saves up
     * @param accepted counts the requests whose events may be stored
     * @param limited counts the requests that must wait
     */
    KeyRate(String key, long eventsPerSecond, long burst, Counter accepted, Counter limited, TimeMeter time) {
        this.key = key;
        this.eventsPerSecond = eventsPerSecond;
        this.accepted = accepted;
        this.limited = limited;
        this.permits = Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(eventsPerSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Whether the key must wait, whatever it posts. */
    boolean isUsedUp() {
        return permits.getAvailableTokens() <= 0;
    }

    /** @throws RateExceeded if the key must wait */
    void requirePermit() {
        if (isUsedUp()) {
            throw exceeded();
        }
    }

    /**
     * Takes a permit for each event of a request.
     *
     * @throws RateExceeded if the key must wait; then the request takes none
     */
    void charge(int events) {
        // of requests that arrive together, only one can take the last permit, and go beyond it
        if (!permits.tryConsume(1)) {
            throw exceeded();
        }
        if (events > 1) {
            permits.consumeIgnoringRateLimits(events - 1);
        }
        accepted.increment();
    }

    private RateExceeded exceeded() {
        limited.increment();
        long nanos = permits.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return new RateExceeded(key, eventsPerSecond, Math.max(1, (nanos + SECOND - 1) / SECOND));
    }
}
