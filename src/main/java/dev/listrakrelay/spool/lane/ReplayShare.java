package dev.listrakrelay.spool.lane;

import java.time.Clock;
import java.time.Duration;

/**
 * Limits replayed events to a share of the live ones: each accepted live event lets some replayed ones follow. If no
 * live event was accepted for a second, there is no limit.
 */
public final class ReplayShare {

    private static final long QUIET_MILLIS = Duration.ofSeconds(1).toMillis();

    private static final double AT_FIRST = 100;

    /** The upper limit of the credit, however many live events arrive at once. */
    private static final double MOST_CREDIT = 1_000;

    private final double share;
    private final Clock clock;
    private double credit;
    private long lastLive = Long.MIN_VALUE / 2;

    /** @param percent replayed events per hundred live ones, 1 or more */
    public ReplayShare(int percent, Clock clock) {
        this.share = percent / 100.0;
        this.clock = clock;
    }

    /** Adds credit for accepted live events. */
    public synchronized void live(int events) {
        if (events > 0) {
            credit = Math.min(credit + events * share, MOST_CREDIT);
            lastLive = clock.millis();
        }
    }

    /** The number of events that may be replayed now, {@code wanted} at most. */
    public synchronized int allowed(int wanted) {
        return clock.millis() - lastLive >= QUIET_MILLIS ? wanted : (int) Math.min(wanted, credit);
    }

    /** Subtracts credit for replayed events. */
    public synchronized void used(int events) {
        credit = Math.max(0, credit - events);
    }

    /** Starts a replay with credit for a hundred events, so that a small one runs at once. */
    public synchronized void begin() {
        credit = AT_FIRST;
    }
}
