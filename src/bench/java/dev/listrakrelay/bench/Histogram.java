package dev.listrakrelay.bench;

/**
 * Counts latencies in buckets that widen with the value. Each power of two has 64 buckets, so a quantile is off by less
 * than 1.6 %, and the counts need a few kilobytes. Not thread-safe.
 */
final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[SUB * (Long.SIZE - SUB_BITS)];
    private long total;
    private long max;

    /** Counts one value, in any unit; values below 0 count as 0. */
    void record(long value) {
        long clamped = Math.max(0, value);
        counts[bucket(clamped)]++;
        total++;
        max = Math.max(max, clamped);
    }

    /** The upper end of the bucket that contains the quantile of this share (0 to 1); 0 if nothing was recorded. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length && total > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(max, upperEnd(bucket));
            }
        }
        return max;
    }

    long max() {
        return max;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    private static long upperEnd(int bucket) {
        if (bucket < 2 * SUB) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        long lead = SUB + (bucket & (SUB - 1));
        return ((lead + 1) << shift) - 1;
    }
}
