package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.EventId;
import java.time.Duration;
import java.util.Arrays;

/**
 * Remembers the ids of the latest events of a lane and when they arrived, in 32 bytes each. It is a ring in the order
 * of arrival, with a hash table of indexes into the ring. An index stays in the table when its id in the ring is
 * replaced. The table is made anew before it is full.
 */
final class RecentIds {

    private static final long REMEMBERED = Duration.ofHours(24).toMillis();
    private static final int SMALLEST = 1_024;

    private final int most;
    private long[] first = new long[SMALLEST];
    private long[] rest = new long[SMALLEST];
    private long[] at = new long[SMALLEST];

    /** Indexes into the ring, plus one; 0 for a free slot. */
    private int[] table = new int[2 * SMALLEST];

    private int size;
    private int next;

    /** The number of slots of the table that are not free. */
    private int used;

    /** @param most the number of ids to remember, 1 or more */
    RecentIds(int most) {
        this.most = most;
    }

    /**
     * Whether an id arrived within 24 h.
     *
     * @param now epoch milliseconds
     */
    synchronized boolean holds(EventId id, long now) {
        int place = find(id);
        return place >= 0 && now - at[place] < REMEMBERED;
    }

    /**
     * Remembers an id. Returns whether it did not arrive in the 24 h before.
     *
     * @param when the time of arrival, in epoch milliseconds
     */
    synchronized boolean isFirst(EventId id, long when) {
        int place = find(id);
        if (place < 0) {
            add(id, when);
            return true;
        }
        if (when - at[place] < REMEMBERED) {
            return false;
        }
        at[place] = when;
        return true;
    }

    /** Forgets all ids. */
    synchronized void clear() {
        if (size > 0) {
            size = 0;
            next = 0;
            index();
        }
    }

    private int find(EventId id) {
        int mask = table.length - 1;
        for (int slot = slot(id.first()); table[slot] != 0; slot = slot + 1 & mask) {
            int place = table[slot] - 1;
            if (first[place] == id.first() && rest[place] == id.rest()) {
                return place;
            }
        }
        return -1;
    }

    private void add(EventId id, long when) {
        if (next == first.length) {
            int larger = 2 * first.length;
            first = Arrays.copyOf(first, larger);
            rest = Arrays.copyOf(rest, larger);
            at = Arrays.copyOf(at, larger);
            table = new int[2 * larger];
            index();
        }
        first[next] = id.first();
        rest[next] = id.rest();
        at[next] = when;
        insert(next);
        next = (next + 1) % most;
        size = Math.min(size + 1, most);
        if (4 * used > 3 * table.length) {
            index();
        }
    }

    private void index() {
        Arrays.fill(table, 0);
        used = 0;
        for (int place = 0; place < size; place++) {
            insert(place);
        }
    }

    private void insert(int place) {
        int mask = table.length - 1;
        int slot = slot(first[place]);
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = place + 1;
        used++;
    }

    /** The first slot to look in. The bits of an id are random, because an id is a digest. */
    private int slot(long bits) {
        return (int) bits & table.length - 1;
    }
}
