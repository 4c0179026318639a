package dev.listrakrelay.spool.lane;

import java.time.Clock;
import java.time.Duration;

/**
 * Keeps replayed events to a share of the live ones: each that is accepted lets so many follow. While no live event comes,
 * for a second or longer, it sets no limit.
 */
public final class ReplayShare {

    private static final long QUIET_MILLIS = Duration.ofSeconds(1).toMillis();

    private static final double AT_FIRST = 100;

    /** However many live events came at once, no more may follow them at once. */
    private static final double MOST_CREDIT = 1_000;

    private final double share;
    private final Clock clock;
    private double credit;
    private long lastLive = Long.MIN_VALUE / 2;

    /** @param percent how many for a hundred live events, 1 or more */
    public ReplayShare(int percent, Clock clock) {
        this.share = percent / 100.0;
        this.clock = clock;
    }

    /** Live events were accepted. */
    public synchronized void live(int events) {
        if (events > 0) {
            credit = Math.min(credit + events * share, MOST_CREDIT);
            lastLive = clock.millis();
        }
    }

    /** How many may be replayed now, {@code wanted} at most. */
    public synchronized int allowed(int wanted) {
        return clock.millis() - lastLive >= QUIET_MILLIS ? wanted : (int) Math.min(wanted, credit);
    }

    /** So many were replayed. */
    public synchronized void used(int events) {
        credit = Math.max(0, credit - events);
    }

    /** A replay begins: a small one is done at once, whatever came before it. */
    public synchronized void begin() {
        credit = AT_FIRST;
    }
}
