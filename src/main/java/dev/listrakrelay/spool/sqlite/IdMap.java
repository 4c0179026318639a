package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.util.Arrays;

/**
 * Maps ids to the times of their events. It uses arrays, because each garbage collection would copy tens of thousands of
 * objects that live for a second or two. Only one thread may use it.
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
        room(SMALLEST);
    }

    /** What is done with an id. */
    interface Each<X extends Exception> {
        void id(EventId id, long at) throws X;
    }

    int size() {
        return size;
    }

    /** The latest time, in epoch milliseconds; the lowest long if there are no ids. */
    long latest() {
        return latest;
    }

    /** @param came epoch milliseconds */
    void put(EventId id, long came) {
        if (4 * (size + 1) > 3 * at.length) {
            grow();
        }
        int place = placeOf(id);
        size += at[place] == NOTHING ? 1 : 0;
        first[place] = id.first();
        rest[place] = id.rest();
        at[place] = came;
        latest = Math.max(latest, came);
    }

    void putAll(IdMap others) {
        others.forEach(this::put);
    }

    /** Whether an id came after that. */
    boolean holds(EventId id, long since) {
        int place = placeOf(id);
        return at[place] > since && at[place] != NOTHING;
    }

    <X extends Exception> void forEach(Each<X> each) throws X {
        for (int place = 0; place < at.length; place++) {
            if (at[place] != NOTHING) {
                each.id(new EventId(first[place], rest[place]), at[place]);
            }
        }
    }

    /** Those that begin with this half. */
    <X extends Exception> void forEachOf(long half, Each<X> each) throws X {
        for (int place = place(half); at[place] != NOTHING; place = next(place)) {
            if (first[place] == half) {
                each.id(new EventId(half, rest[place]), at[place]);
            }
        }
    }

    /** All first halves, sorted, each once. */
    long[] firstHalves() {
        long[] halves = new long[size];
        int found = 0;
        for (int place = 0; place < at.length; place++) {
            if (at[place] != NOTHING) {
                halves[found++] = first[place];
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
            room(SMALLEST);
        } else {
            Arrays.fill(at, NOTHING);
        }
    }

    private void room(int places) {
        first = new long[places];
        rest = new long[places];
        at = new long[places];
        Arrays.fill(at, NOTHING);
    }

    private void grow() {
        long[] firstBefore = first;
        long[] restBefore = rest;
        long[] atBefore = at;
        room(2 * atBefore.length);
        size = 0;
        for (int place = 0; place < atBefore.length; place++) {
            if (atBefore[place] != NOTHING) {
                put(new EventId(firstBefore[place], restBefore[place]), atBefore[place]);
            }
        }
    }

    /** Where an id is, or would be. */
    private int placeOf(EventId id) {
        int place = place(id.first());
        while (at[place] != NOTHING && (first[place] != id.first() || rest[place] != id.rest())) {
            place = next(place);
        }
        return place;
    }

    /** An id is a digest, so any of its bits will do. */
    private int place(long half) {
        return (int) half & at.length - 1;
    }

    private int next(int place) {
        return place + 1 & at.length - 1;
    }
}
