package dev.listrakrelay.spool;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts the delays of deliveries, from the start of an event's wait to its delivery. A bucket is an eighth of its
 * delay wide. Counting takes a few nanoseconds an event.
 */
public final class Delays {

    /** The delays of all spools of this process. */
    public static final Delays OF_THIS_PROCESS = new Delays(Clock.systemUTC());

    /** The number of buckets. */
    public static final int BUCKETS = 304;

    private static final int BITS = 3;
    private static final int PARTS = 1 << BITS;
    private static final long LONGEST_MILLIS = (1L << 40) - 1;

    private final Clock clock;
    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    public Delays(Clock clock) {
        this.clock = clock;
    }

    /** Counts delivered events. Call it when the outcomes are on disk. */
    public void settled(Map<Event, Settlement> settlements) {
        long now = clock.millis();
        settlements.forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Delivered) {
                counts.getAndIncrement(bucket(now - event.pendingSince().toEpochMilli()));
            }
        });
    }

    private static int bucket(long millis) {
        long delay = Math.max(0, Math.min(millis, LONGEST_MILLIS));
        if (delay < PARTS) {
            return (int) delay;
        }
        int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(delay);
        return (highest - BITS + 1) * PARTS + (int) (delay >> highest - BITS & PARTS - 1);
    }

    /** The middle of a bucket, in milliseconds. */
    private static long millis(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        return ((long) (PARTS + bucket % PARTS) << shift) + (1L << shift) / 2;
    }

    /** Adds the counts since the last call to an array of {@link #BUCKETS}. */
    public void moveTo(int[] sums) {
        for (int i = 0; i < BUCKETS; i++) {
            if (counts.get(i) != 0) {
                sums[i] += counts.getAndSet(i, 0);
            }
        }
    }

    /**
     * The delay that a share of the events did not exceed, in milliseconds; null if there are none.
     *
     * @param share such as 0.95
     */
    public static Long quantile(int[] sums, double share) {
        long all = 0;
        for (int sum : sums) {
            all += sum;
        }
        long left = (long) Math.ceil(share * all);
        for (int i = 0; i < sums.length && all > 0; i++) {
            left -= sums[i];
            if (left <= 0) {
                return millis(i);
            }
        }
        return null;
    }
}
