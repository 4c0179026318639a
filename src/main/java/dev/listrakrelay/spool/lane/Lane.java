package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.SpoolLanes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Makes the consumer of a lane wait until events are due: new ones arrived, open ones are due again, or a pause is
 * over.
 *
 * <p>{@link LaneProgress} knows which events these are. Threads that append share only the count of pending events.
 */
public final class Lane {

    /** Size limit of a batch in bytes: what one request to Listrak can carry. */
    public static final int MOST_BATCH_BYTES = 1_000_000;

    private final int number;
    private final LaneProgress progress;
    private final ReentrantLock shared = new ReentrantLock();
    private final Condition arrival = shared.newCondition();

    /** Whether a batch is claimed. */
    private volatile boolean out;

    private volatile boolean isStopped;
    private long pending;

    private final LongSupplier nanos;

    /** When the last batch was claimed, or the lane was opened. */
    private long lastBatch;

    /** The number of new events at which a consumer that lingers wakes up. */
    private long lingersFor = Long.MIN_VALUE;

    private volatile LanePause pause;

    /** The last time that was read from the clock (epoch milliseconds); before the first one, the highest long. */
    private long seenAt = Long.MAX_VALUE;

    public Lane(int number, LaneProgress progress, long pausedUntil, int pauses, long pending) {
        this(number, progress, pausedUntil, pauses, pending, System::nanoTime);
    }

    Lane(int number, LaneProgress progress, long pausedUntil, int pauses, long pending, LongSupplier nanos) {
        this.nanos = nanos;
        this.lastBatch = nanos.getAsLong();
        this.number = number;
        this.progress = progress;
        this.pause = new LanePause(pauses, pausedUntil, "");
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
        return progress;
    }

    public int pauses() {
        return pause.pauses();
    }

    public void pause(Instant until, String cause) {
        pause = new LanePause(pause.pauses() + 1, until.toEpochMilli(), cause);
    }

    /** Counts new pending events. */
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
        LanePause now = pause;
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

    /**
     * Waits until an event is due. A batch that isn't full then waits for more events, until {@code linger} has passed
     * since the lane's last batch. So an event of a quiet lane leaves at once, and under load events share requests.
     *
     * @return whether an event is due
     */
    public boolean awaitDue(int max, Duration linger, Duration patience, Clock clock) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        shared.lock();
        try {
            readClock(clock.millis());
            while (!isDue(clock.millis())) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                arrival.awaitNanos(Math.min(left, untilDue(clock.millis())));
                readClock(clock.millis());
            }
            long left = lastBatch + linger.toNanos() - nanos.getAsLong();
            while (due(clock.millis()) < max && left > 0) {
                lingersFor = max - progress.openDue(clock.millis());
                left = arrival.awaitNanos(left);
            }
            return true;
        } finally {
            lingersFor = Long.MIN_VALUE;
            shared.unlock();
        }
    }

    /**
     * Moves all waits forward if the clock was set back, even while the process was down. So no wait becomes longer.
     */
    private void readClock(long now) {
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
        pause = pause.until(earlier.applyAsLong(pause.until()));
        progress.bringForward(earlier);
    }

    private long waiting() {
        return progress.takesNew() ? pending - progress.openEvents() : 0;
    }

    private boolean isDue(long now) {
        return !out && !isStopped && pause.until() <= now && (waiting() > 0 || progress.nextOpen() <= now);
    }

    /** The number of due events, with new ones that wait for an earlier one of their contact. */
    private long due(long now) {
        return progress.openDue(now) + waiting();
    }

    /** Nanoseconds until the next check, a second at most: due times follow a clock that may be set. */
    private long untilDue(long now) {
        long next = Math.max(pause.until(), waiting() > 0 ? now : progress.nextOpen());
        return TimeUnit.MILLISECONDS.toNanos(out || isStopped ? 1_000 : Math.max(1, Math.min(next - now, 1_000)));
    }

    /** Claims the due events that may leave together, see {@link LaneProgress#claim}. */
    public List<Event> claim(List<Event> due, long now) {
        List<Event> claimed = progress.claim(due, now);
        out = true;
        lastBatch = nanos.getAsLong();
        return claimed;
    }

    /** Returns claimed events as a batch; no batch if the lane claimed no event and passed none. */
    public Optional<Batch> batch(SpoolLanes spool, List<Event> events) {
        return events.isEmpty() && !progress.hasMoved()
                ? Optional.empty()
                : Optional.of(new Batch(spool, number, events, event -> progress.attempts(event.seq())));
    }

    public void apply(LaneChange change) {
        int done;
        shared.lock();
        try {
            done = progress.apply(change);
            if (change.isDelivery()) {
                pause = pause.afterDelivery();
            }
        } finally {
            shared.unlock();
        }
        count(-done);
    }

    public void release() {
        shared.lock();
        try {
            progress.release();
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

    /**
     * Waits until no batch is out. Returns whether that happened before {@code deadline} (of {@link System#nanoTime}).
     */
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
