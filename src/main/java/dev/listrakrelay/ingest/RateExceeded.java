package dev.listrakrelay.ingest;

/** A write key has posted more events than it may. Its caller can post again later. */
final class RateExceeded extends RuntimeException {

    private final String key;
    private final long retryAfterSeconds;

    RateExceeded(String key, long eventsPerSecond, long retryAfterSeconds) {
        super("write key: too many events, expected at most " + eventsPerSecond + " a second, try again in "
                + retryAfterSeconds + " s");
        this.key = key;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** Returns how the log names the key, such as {@code write key 2}. */
    String key() {
        return key;
    }

    /** Returns after how many seconds the key has a permit again, 1 or more. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
