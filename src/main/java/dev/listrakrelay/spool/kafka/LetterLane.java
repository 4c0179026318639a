package dev.listrakrelay.spool.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Knows of one lane where each dead letter stands, which of them wait to be replayed, and which events were forgotten.
 * What is in them stays in the topic.
 */
final class LetterLane {

    /** A letter's place, and whether it waits, in one number. */
    private static final int WAITS = 1;

    private final SeqMap letters = new SeqMap();
    private final Set<Long> forgotten = new HashSet<>();
    private int waiting;

    /** A letter's place in its topic. */
    record Place(long seq, long offset, boolean isWaiting) {}

    /** Takes note of a record; one that is deleted takes back what it said. */
    synchronized void record(LetterKey key, long offset, boolean isDeleted) {
        switch (key.kind()) {
            case LETTER -> letter(key.seq(), offset, isDeleted);
            case WAITING -> waits(key.seq(), !isDeleted);
            case FORGOTTEN -> forgotten(key.seq(), !isDeleted);
        }
    }

    private void letter(long seq, long offset, boolean isDeleted) {
        long before = value(seq);
        if (isDeleted) {
            waiting -= (int) (before & WAITS);
            letters.remove(seq);
        } else {
            letters.put(seq, offset << 1 | before & WAITS);
        }
    }

    private void waits(long seq, boolean isWaiting) {
        int place = letters.from(seq);
        if (place == letters.size() || letters.seq(place) != seq) {
            return;
        }
        long before = letters.value(place);
        long now = isWaiting ? before | WAITS : before & ~WAITS;
        letters.set(place, now);
        waiting += (int) (now & WAITS) - (int) (before & WAITS);
    }

    private void forgotten(long seq, boolean isForgotten) {
        if (isForgotten) {
            forgotten.add(seq);
        } else {
            forgotten.remove(seq);
        }
    }

    private long value(long seq) {
        int place = letters.from(seq);
        return place < letters.size() && letters.seq(place) == seq ? letters.value(place) : 0;
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized boolean isForgotten(long seq) {
        return !forgotten.isEmpty() && forgotten.contains(seq);
    }

    /** The forgotten events of which something is true. */
    synchronized List<Long> forgotten(LongPredicate which) {
        return forgotten.stream().filter(which::test).toList();
    }

    synchronized boolean holds(long seq) {
        return letters.holds(seq);
    }

    /** The last letters before a seq, the latest first. */
    synchronized List<Place> before(long seq, int most) {
        List<Place> places = new ArrayList<>();
        for (int place = letters.from(seq) - 1; place >= 0 && places.size() < most; place--) {
            places.add(place(place));
        }
        return places;
    }

    /** The first letters after a seq, in order. */
    synchronized List<Place> after(long seq, int most) {
        List<Place> places = new ArrayList<>();
        for (int place = letters.from(seq + 1); place < letters.size() && places.size() < most; place++) {
            places.add(place(place));
        }
        return places;
    }

    /** The first letters that wait, in order. */
    synchronized List<Place> nextWaiting(int most) {
        List<Place> places = new ArrayList<>();
        for (int place = 0; place < letters.size() && places.size() < Math.min(most, waiting); place++) {
            if ((letters.value(place) & WAITS) != 0) {
                places.add(place(place));
            }
        }
        return places;
    }

    synchronized List<Place> at(List<Long> seqs) {
        return seqs.stream()
                .filter(letters::holds)
                .map(seq -> place(letters.from(seq)))
                .toList();
    }

    /** Takes a letter for gone if it isn't where it was: its time was over. */
    synchronized void isNotAt(Place place) {
        if (value(place.seq()) >> 1 == place.offset()) {
            letter(place.seq(), place.offset(), true);
        }
    }

    private Place place(int place) {
        long value = letters.value(place);
        return new Place(letters.seq(place), value >> 1, (value & WAITS) != 0);
    }
}
