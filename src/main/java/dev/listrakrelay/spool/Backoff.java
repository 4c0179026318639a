package dev.listrakrelay.spool;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides how long a lane pauses after a failure: a random time up to {@code initial}, which doubles with each failure
 * in a row, up to {@code maximum} (exponential back-off with full jitter).
 */
public record Backoff(Duration initial, Duration maximum) {

    private static final int MOST_DOUBLINGS = 30;

    /** @param failures the number of failures in a row before this one, 0 or more */
    public Duration after(int failures, RandomGenerator random) {
        long ceiling = Math.min(maximum.toMillis(), initial.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        return Duration.ofMillis(random.nextLong(Math.max(ceiling, 1)) + 1);
    }
}
