package dev.listrakrelay.spool;

import java.time.Duration;

/**
 * How much a spool keeps, and how long it keeps what it no longer needs for delivery.
 *
 * @param history of settled events; zero keeps none
 * @param historyEvents and at most about so many events of them, whatever their age
 * @param maxBytes the most it may hold, in bytes
 * @param minFree what has to stay free on its disk, in bytes
 */
public record Retention(Duration deadLetters, Duration history, int historyEvents, long maxBytes, long minFree) {

    private static final String EVENTS = "events";

    /** Without a bound on its size. */
    public Retention(Duration deadLetters, Duration history, int historyEvents) {
        this(deadLetters, history, historyEvents, Long.MAX_VALUE, 0);
    }

    /**
     * As configured, for the spool of that name. Of the disk that has to stay free of events, webhooks may use half: Listrak
     * never sends one again.
     */
    static Retention of(SpoolConfig config, String name) {
        long minFree = config.minFree().asLongValue();
        return new Retention(
                config.deadLetterRetention(),
                config.history(),
                config.historyEvents(),
                config.maxBytes().asLongValue(),
                name.equals(EVENTS) ? minFree : minFree / 2);
    }

    public boolean keepsHistory() {
        return history.toMillis() > 0 && historyEvents > 0;
    }
}
