package dev.listrakrelay.spool;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Full-jitter exponential back-off: a random time up to {@code initial}, doubled for each failure in a row, up to {@code
 * maximum}.
 */
public record Backoff(Duration initial, Duration maximum) {

    private static final int MOST_DOUBLINGS = 30;

    /** The time to rest after so many failures in a row before this one: 0 or more. */
    public Duration after(int failures, RandomGenerator random) {
        long ceiling = Math.min(maximum.toMillis(), initial.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        return Duration.ofMillis(random.nextLong(Math.max(ceiling, 1)) + 1);
    }
}
