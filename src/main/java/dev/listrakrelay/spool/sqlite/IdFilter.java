package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;

/**
 * Recognises most new ids without reading the disk (a Bloom filter). Only one thread may use it.
 *
 * <p>With 16 bits an id, one in 400 new ids looks like a known one, and the runs are read for it. The filter takes 512
 * KiB to 8 MiB. The largest one is that exact up to 4 million ids.
 */
final class IdFilter {

    private static final int FEWEST_BITS = 1 << 22;
    private static final int MOST_BITS = 1 << 26;
    private static final int BITS_FOR_AN_ID = 16;
    private static final int PROBES = 4;

    private final int bits;
    private final long[] words;
    private int size;

    private IdFilter(int bits) {
        this.bits = bits;
        this.words = new long[bits / Long.SIZE];
    }

    static IdFilter smallest() {
        return new IdFilter(FEWEST_BITS);
    }

    /** An empty filter of twice the size, up to the largest. */
    IdFilter larger() {
        return new IdFilter(Math.min(MOST_BITS, 2 * bits));
    }

    /**
     * The number of ids at which a new filter pays off: the number that this one holds exactly. The largest filter is
     * replaced at twice its ids, because the new one lacks those that were deleted meanwhile.
     */
    int replaceAt() {
        int exactUpTo = bits / BITS_FOR_AN_ID;
        return bits < MOST_BITS ? exactUpTo : Math.max(exactUpTo, 2 * size);
    }

    void add(EventId id) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(id, probe);
            words[bit >>> 6] |= 1L << bit;
        }
        size++;
    }

    /** The number of added ids. */
    int size() {
        return size;
    }

    /** False only for an id that was never added. */
    boolean mayContain(EventId id) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(id, probe);
            if ((words[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private int bit(EventId id, int probe) {
        return (int) (id.first() + probe * id.rest()) & bits - 1;
    }
}
