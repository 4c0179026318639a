package dev.listrakrelay.spool.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/** Knows where each dead letter of one lane is in its topic, and which events are forgotten. */
final class DeadLetterLane {

    private final SeqMap letters = new SeqMap();
    private final Set<Long> forgotten = new HashSet<>();

    /** Where a letter is in its topic. */
    record Place(long seq, long offset) {}

    /** Takes note of a record. A record without a value takes back what it said before. */
    synchronized void record(DeadLetterRecord.Key key, long offset, boolean isDeleted) {
        switch (key.kind()) {
            case LETTER -> {
                if (isDeleted) {
                    letters.remove(key.seq());
                } else {
                    letters.put(key.seq(), offset);
                }
            }
            case FORGOTTEN -> {
                if (isDeleted) {
                    forgotten.remove(key.seq());
                } else {
                    forgotten.add(key.seq());
                }
            }
            case PROBE -> {}
        }
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
        for (int at = letters.from(seq) - 1; at >= 0 && places.size() < most; at--) {
            places.add(new Place(letters.seq(at), letters.value(at)));
        }
        return places;
    }

    /** The first letters after a seq, in order. */
    synchronized List<Place> after(long seq, int most) {
        List<Place> places = new ArrayList<>();
        for (int at = letters.from(seq + 1); at < letters.size() && places.size() < most; at++) {
            places.add(new Place(letters.seq(at), letters.value(at)));
        }
        return places;
    }

    /** Takes a letter for gone that is not where it was: its time was over. */
    synchronized void isNotAt(Place place) {
        int at = letters.from(place.seq());
        if (letters.holds(place.seq()) && letters.value(at) == place.offset()) {
            letters.remove(place.seq());
        }
    }
}
