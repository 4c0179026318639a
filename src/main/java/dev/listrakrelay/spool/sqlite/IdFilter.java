package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;

/**
 * Says of nearly every id that never came that it never came, without a look at the disk (a Bloom filter). Used by one
 * thread.
 *
 * <p>With 16 bits an id it takes one in 400 new ones for an old one, which then costs that look. It has from 512 KiB to
 * 8 MiB; the largest holds 4 million ids that well, and more of them less well.
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

    /** An empty one with twice the room, up to the largest. */
    IdFilter larger() {
        return new IdFilter(Math.min(MOST_BITS, 2 * bits));
    }

    /**
     * How many ids may come before it is worth reading the runs into a new one: as many as there is room for; where there
     * can't be more room, as many again, which leaves out those that were forgotten.
     */
    int worthUpTo() {
        int room = bits / BITS_FOR_AN_ID;
        return bits < MOST_BITS ? room : Math.max(room, 2 * size);
    }

    void add(EventId id) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(id, probe);
            words[bit >>> 6] |= 1L << bit;
        }
        size++;
    }

    /** How many ids were added. */
    int size() {
        return size;
    }

    /** False only for an id that was never added. */
    boolean mayHold(EventId id) {
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
