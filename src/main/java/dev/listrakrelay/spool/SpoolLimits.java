package dev.listrakrelay.spool;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds the limits of a spool: its size, how long it keeps settled events and dead letters, how fast it replays, and
 * what it writes into the delivery log.
 *
 * @param deadLetters how long dead letters are kept
 * @param history how long settled events are kept; zero keeps none
 * @param historyEvents the approximate number of settled events that are kept, whatever their age
 * @param maxBytes upper limit of the spool's size, in bytes
 * @param minFree minimum of free space on its disk, in bytes
 * @param replayAtOnce the most replayed events that are pending at a time, 1 or more
 * @param replayPercent the number of replayed events per 100 live ones, 1 or more
 * @param identities how long a learned e-mail is kept after its last use; zero learns none
 * @param log what it writes into the delivery log; empty if the log is off
 * @param hold the limits for events that wait until an e-mail is learned
 */
public record SpoolLimits(
        Duration deadLetters,
        Duration history,
        int historyEvents,
        long maxBytes,
        long minFree,
        int replayAtOnce,
        int replayPercent,
        Duration identities,
        Optional<DeliveryLogOptions> log,
        HoldLimits hold) {

    private static final String EVENTS = "events";
    static final String ALERTS = "alerts";

    /** An alert has about 1 KB. If they can't be delivered, the disk is for events. */
    private static final long MOST_ALERT_BYTES = 16L * 1024 * 1024;

    /** Limits without a size, with 500 replayed events at a time and 25 per 100 live ones. Nothing is learned. */
    public SpoolLimits(Duration deadLetters, Duration history, int historyEvents) {
        this(deadLetters, history, historyEvents, Long.MAX_VALUE, 0, 500, 25);
    }

    /** Limits with which nothing is learned. */
    public SpoolLimits(
            Duration deadLetters,
            Duration history,
            int historyEvents,
            long maxBytes,
            long minFree,
            int replayAtOnce,
            int replayPercent) {
        this(
                deadLetters,
                history,
                historyEvents,
                maxBytes,
                minFree,
                replayAtOnce,
                replayPercent,
                Duration.ZERO,
                Optional.empty(),
                HoldLimits.NONE);
    }

    /**
     * Returns the configured limits of a spool. Webhooks may use half of the disk space that events must leave free,
     * because Listrak never sends a webhook again. Alerts may use half of what is left then, so that they can say that the
     * other spools are full. Only the spool {@code events} learns e-mails.
     */
    public static SpoolLimits of(SpoolConfig config, IdentityConfig identity, String name) {
        boolean isOfEvents = name.equals(EVENTS);
        boolean isOfAlerts = name.equals(ALERTS);
        long maxBytes = config.maxBytes().asLongValue();
        long minFree = config.minFree().asLongValue();
        return new SpoolLimits(
                config.deadLetterRetention(),
                config.history(),
                config.historyEvents(),
                isOfAlerts ? Math.min(MOST_ALERT_BYTES, maxBytes) : maxBytes,
                isOfEvents ? minFree : isOfAlerts ? minFree / 4 : minFree / 2,
                config.replayAtOnce(),
                config.replayPercent(),
                isOfEvents && identity.enabled() ? identity.ttl() : Duration.ZERO,
                Optional.empty(),
                HoldLimits.NONE);
    }

    /** Returns a copy with another time for which e-mails are kept. */
    public SpoolLimits withIdentities(Duration ttl) {
        return with(deadLetters, history, ttl, log, hold);
    }

    /** Returns a copy with other options of the delivery log. */
    public SpoolLimits withLog(Optional<DeliveryLogOptions> options) {
        return with(deadLetters, history, identities, options, hold);
    }

    /** Returns a copy that holds events. A spool that learns no e-mails holds none. */
    public SpoolLimits withHold(HoldLimits limits) {
        return with(deadLetters, history, identities, log, identities.isZero() ? HoldLimits.NONE : limits);
    }

    /** Returns a copy with which nothing is deleted because of its age. */
    public SpoolLimits forever() {
        Duration ever = Duration.ofDays(36_500);
        return with(ever, ever, identities, log, hold);
    }

    private SpoolLimits with(
            Duration letters, Duration steps, Duration ttl, Optional<DeliveryLogOptions> options, HoldLimits held) {
        return new SpoolLimits(
                letters, steps, historyEvents, maxBytes, minFree, replayAtOnce, replayPercent, ttl, options, held);
    }

    public boolean keepsHistory() {
        return history.toMillis() > 0 && historyEvents > 0;
    }
}
