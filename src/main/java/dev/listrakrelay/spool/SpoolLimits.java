package dev.listrakrelay.spool;

import java.time.Duration;

/**
 * How much a spool keeps, how long it keeps what it no longer needs for delivery, and how much of that may come back.
 *
 * @param history of settled events; zero keeps none
 * @param historyEvents and at most about so many events of them, whatever their age
 * @param maxBytes the most it may hold, in bytes
 * @param minFree what has to stay free on its disk, in bytes
 * @param replayAtOnce how many replayed events may be pending at a time, 1 or more
 * @param replayPercent how many may follow a hundred live events while such come, 1 or more
 * @param identities how long is known which e-mail goes with a userId or anonymousId; zero learns none
 */
public record SpoolLimits(
        Duration deadLetters,
        Duration history,
        int historyEvents,
        long maxBytes,
        long minFree,
        int replayAtOnce,
        int replayPercent,
        Duration identities) {

    private static final String EVENTS = "events";

    /** Without a bound on its size, and 500 replayed events at a time, one for each four live ones; it learns nothing. */
    public SpoolLimits(Duration deadLetters, Duration history, int historyEvents) {
        this(deadLetters, history, historyEvents, Long.MAX_VALUE, 0, 500, 25);
    }

    /** Learning nothing. */
    public SpoolLimits(
            Duration deadLetters,
            Duration history,
            int historyEvents,
            long maxBytes,
            long minFree,
            int replayAtOnce,
            int replayPercent) {
        this(deadLetters, history, historyEvents, maxBytes, minFree, replayAtOnce, replayPercent, Duration.ZERO);
    }

    /**
     * As configured, for the spool of that name. Of the disk that has to stay free of events, webhooks may use half: Listrak
     * never sends one again. Events alone teach who is who.
     */
    public static SpoolLimits of(SpoolConfig config, IdentityConfig identity, String name) {
        boolean isOfEvents = name.equals(EVENTS);
        long minFree = config.minFree().asLongValue();
        return new SpoolLimits(
                config.deadLetterRetention(),
                config.history(),
                config.historyEvents(),
                config.maxBytes().asLongValue(),
                isOfEvents ? minFree : minFree / 2,
                config.replayAtOnce(),
                config.replayPercent(),
                isOfEvents && identity.enabled() ? identity.ttl() : Duration.ZERO);
    }

    /** The same, learning which e-mail goes with whom, for so long. */
    public SpoolLimits withIdentities(Duration ttl) {
        return new SpoolLimits(
                deadLetters, history, historyEvents, maxBytes, minFree, replayAtOnce, replayPercent, ttl);
    }

    /** The same, deleting nothing for its age. */
    public SpoolLimits forever() {
        Duration ever = Duration.ofDays(36_500);
        return new SpoolLimits(ever, ever, historyEvents, maxBytes, minFree, replayAtOnce, replayPercent, identities);
    }

    public boolean keepsHistory() {
        return history.toMillis() > 0 && historyEvents > 0;
    }
}
