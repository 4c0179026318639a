package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.util.Arrays;

/**
 * Maps ids to the times of their events. It uses arrays, because each garbage collection would copy tens of thousands
 * of objects that live for a second or two. Only one thread may use it.
 */
final class IdMap {

    private static final int SMALLEST = 1 << 10;
    private static final int LARGEST_KEPT = 1 << 17;
    private static final long NOTHING = Long.MIN_VALUE;

    /** The halves of an id and its time share a slot: the first free one from the slot of the first half on. */
    private long[] first;

    private long[] rest;
    private long[] at;
    private int size;
    private long latest = NOTHING;

    IdMap() {
        allocate(SMALLEST);
    }

    /** Receives the ids one by one. */
    interface Visitor<X extends Exception> {
        void id(EventId id, long at) throws X;
    }

    int size() {
        return size;
    }

    /** The latest time, in epoch milliseconds; the lowest long if there are no ids. */
    long latest() {
        return latest;
    }

    /** @param acceptedAt when the event was accepted, in epoch milliseconds */
    void put(EventId id, long acceptedAt) {
        if (4 * (size + 1) > 3 * at.length) {
            grow();
        }
        int slot = slotOf(id);
        size += at[slot] == NOTHING ? 1 : 0;
        first[slot] = id.first();
        rest[slot] = id.rest();
        at[slot] = acceptedAt;
        latest = Math.max(latest, acceptedAt);
    }

    void putAll(IdMap others) {
        others.forEach(this::put);
    }

    /** Whether it has an id whose event was accepted after a time. */
    boolean contains(EventId id, long since) {
        int slot = slotOf(id);
        return at[slot] > since && at[slot] != NOTHING;
    }

    <X extends Exception> void forEach(Visitor<X> visitor) throws X {
        for (int slot = 0; slot < at.length; slot++) {
            if (at[slot] != NOTHING) {
                visitor.id(new EventId(first[slot], rest[slot]), at[slot]);
            }
        }
    }

    /** Visits all ids that begin with this half. */
    <X extends Exception> void forEachOf(long half, Visitor<X> visitor) throws X {
        for (int slot = slot(half); at[slot] != NOTHING; slot = next(slot)) {
            if (first[slot] == half) {
                visitor.id(new EventId(half, rest[slot]), at[slot]);
            }
        }
    }

    /** Returns all first halves, sorted, without repetitions. */
    long[] firstHalves() {
        long[] halves = new long[size];
        int found = 0;
        for (int slot = 0; slot < at.length; slot++) {
            if (at[slot] != NOTHING) {
                halves[found++] = first[slot];
            }
        }
        Arrays.sort(halves);
        int kept = 0;
        for (int i = 0; i < found; i++) {
            if (i == 0 || halves[i] != halves[i - 1]) {
                halves[kept++] = halves[i];
            }
        }
        return Arrays.copyOf(halves, kept);
    }

    /** Removes all ids. Keeps the arrays, unless they are very large. */
    void clear() {
        size = 0;
        latest = NOTHING;
        if (at.length > LARGEST_KEPT) {
            allocate(SMALLEST);
        } else {
            Arrays.fill(at, NOTHING);
        }
    }

    private void allocate(int slots) {
        first = new long[slots];
        rest = new long[slots];
        at = new long[slots];
        Arrays.fill(at, NOTHING);
    }

    private void grow() {
        long[] firstBefore = first;
        long[] restBefore = rest;
        long[] atBefore = at;
        allocate(2 * atBefore.length);
        size = 0;
        for (int slot = 0; slot < atBefore.length; slot++) {
            if (atBefore[slot] != NOTHING) {
                put(new EventId(firstBefore[slot], restBefore[slot]), atBefore[slot]);
            }
        }
    }

    /** Returns the slot of an id, or the free slot that it would get. */
    private int slotOf(EventId id) {
        int slot = slot(id.first());
        while (at[slot] != NOTHING && (first[slot] != id.first() || rest[slot] != id.rest())) {
            slot = next(slot);
        }
        return slot;
    }

    /** Returns the first slot to look in. The lowest bits of an id are random, because an id is a digest. */
    private int slot(long half) {
        return (int) half & at.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & at.length - 1;
    }
}
