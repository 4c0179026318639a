package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * Lets a lane's consumer wait until events are due: new ones arrived, open ones are due again, or a pause is over.
 *
 * <p>{@link LaneProgress} knows which events these are. Threads that append share only the count of pending events.
 */
public final class Lane {

    /** Size limit of a batch in bytes: what one request to Listrak can carry. */
    public static final int MOST_BATCH_BYTES = 1_000_000;

    private final int number;
    private final LaneProgress ledger;
    private final ReentrantLock shared = new ReentrantLock();
    private final Condition arrival = shared.newCondition();
    private volatile boolean out;
    private volatile boolean isStopped;
    private long pending;

    /** The number of new events at which a consumer that lingers wakes up. */
    private long lingersFor = Long.MIN_VALUE;

    private volatile LanePause rest;

    /** What the clock showed when it was last looked at (epoch milliseconds); before the first look the end of time. */
    private long seenAt = Long.MAX_VALUE;

    public Lane(int number, LaneProgress ledger, long pausedUntil, int pauses, long pending) {
        this.number = number;
        this.ledger = ledger;
        this.rest = new LanePause(pauses, pausedUntil, "");
        this.pending = pending;
    }

    /** The lane of a contact. It stays the same as long as the number of lanes does. */
    public static int of(String contact, int lanes) {
        int hash = contact.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), lanes);
    }

    public int number() {
        return number;
    }

    public LaneProgress ledger() {
        return ledger;
    }

    public int pauses() {
        return rest.pauses();
    }

    public void pause(Instant until, String cause) {
        rest = new LanePause(rest.pauses() + 1, until.toEpochMilli(), cause);
    }

    public void arrived(long events) {
        if (events > 0) {
            count(events);
        }
    }

    /** Subtracts records that turned out to be no events. */
    public void passedOver(long events) {
        if (events > 0) {
            count(-events);
        }
    }

    public long pending() {
        shared.lock();
        try {
            return pending;
        } finally {
            shared.unlock();
        }
    }

    public LaneState state() {
        LanePause now = rest;
        return new LaneState(number, pending(), now.pauses(), Instant.ofEpochMilli(now.until()), now.cause());
    }

    private void count(long events) {
        shared.lock();
        try {
            pending += events;
            if (waiting() >= lingersFor) {
                arrival.signalAll();
            }
        } finally {
            shared.unlock();
        }
    }

    /** Waits until something is due, and a little longer for more; answers whether something is. */
    public boolean awaitDue(int max, Duration linger, Duration patience, Clock clock) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        shared.lock();
        try {
            look(clock.millis());
            while (!isDue(clock.millis())) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                arrival.awaitNanos(Math.min(left, untilDue(clock.millis())));
                look(clock.millis());
            }
            // an open event has already waited for a batch
            long left = ledger.openDue(clock.millis()) > 0 ? 0 : linger.toNanos();
            while (due(clock.millis()) < max && left > 0) {
                lingersFor = max - ledger.openDue(clock.millis());
                left = arrival.awaitNanos(left);
            }
            return true;
        } finally {
            lingersFor = Long.MIN_VALUE;
            shared.unlock();
        }
    }

    /** What waits doesn't wait longer for a clock that was set back, be it while the process was down. */
    private void look(long now) {
        if (seenAt == Long.MAX_VALUE) {
            long latest = now + LanePause.LONGEST_READ_BACK.toMillis();
            bringForward(until -> Math.min(until, latest));
        } else if (now < seenAt) {
            long back = seenAt - now;
            bringForward(until -> until - back);
        }
        seenAt = now;
    }

    private void bringForward(LongUnaryOperator earlier) {
        rest = rest.until(earlier.applyAsLong(rest.until()));
        ledger.bringForward(earlier);
    }

    private long waiting() {
        return ledger.takesNew() ? pending - ledger.openEvents() : 0;
    }

    private boolean isDue(long now) {
        return !out && !isStopped && rest.until() <= now && (waiting() > 0 || ledger.nextOpen() <= now);
    }

    /** The number of due events, with new ones that wait for an earlier one of their contact. */
    private long due(long now) {
        return ledger.openDue(now) + waiting();
    }

    /** Nanoseconds until the next check, a second at most: due times follow a clock that may be set. */
    private long untilDue(long now) {
        long next = Math.max(rest.until(), waiting() > 0 ? now : ledger.nextOpen());
        return TimeUnit.MILLISECONDS.toNanos(out || isStopped ? 1_000 : Math.max(1, Math.min(next - now, 1_000)));
    }

    /** Claims the due events that may leave together, see {@link LaneProgress#claim}. */
    public List<Event> claim(List<Event> due, long now) {
        List<Event> claimed = ledger.claim(due, now);
        out = !claimed.isEmpty();
        return claimed;
    }

    public void apply(LaneChange change) {
        int done;
        shared.lock();
        try {
            done = ledger.apply(change);
            if (change.isDelivery()) {
                rest = rest.afterDelivery();
            }
        } finally {
            shared.unlock();
        }
        count(-done);
    }

    public void release() {
        shared.lock();
        try {
            ledger.release();
            out = false;
            arrival.signalAll();
        } finally {
            shared.unlock();
        }
    }

    /** Hands out no more batches. */
    public void stop() {
        isStopped = true;
    }

    public boolean isStopped() {
        return isStopped;
    }

    public boolean isOut() {
        return out;
    }

    /** Waits until no batch is out. Returns whether that happened before {@code deadline} (of {@link System#nanoTime}). */
    public boolean awaitReleased(long deadline) throws InterruptedException {
        shared.lock();
        try {
            while (out && deadline - System.nanoTime() > 0) {
                arrival.awaitNanos(deadline - System.nanoTime());
            }
            return !out;
        } finally {
            shared.unlock();
        }
    }
}
