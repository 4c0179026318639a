package dev.listrakrelay.spool.kafka;

import java.util.Arrays;

/**
 * Keeps a number for each of many seqs, in order of seq, in 16 bytes each. Cheap where seqs come in order and leave at
 * either end; it belongs to one thread at a time.
 */
final class SeqMap {

    private long[] seqs = new long[16];
    private long[] values = new long[16];
    private int start;
    private int size;

    int size() {
        return size;
    }

    /** The place of the first seq that is that one or more; the size where there is none. */
    int from(long seq) {
        int found = Arrays.binarySearch(seqs, start, start + size, seq);
        return (found < 0 ? -found - 1 : found) - start;
    }

    long seq(int place) {
        return seqs[start + place];
    }

    long value(int place) {
        return values[start + place];
    }

    boolean holds(long seq) {
        int place = from(seq);
        return place < size && seq(place) == seq;
    }

    void set(int place, long value) {
        values[start + place] = value;
    }

    void put(long seq, long value) {
        int place = from(seq);
        if (place == size || seq(place) != seq) {
            makeRoom();
            int at = start + place;
            System.arraycopy(seqs, at, seqs, at + 1, size - place);
            System.arraycopy(values, at, values, at + 1, size - place);
            size++;
            seqs[at] = seq;
        }
        values[start + place] = value;
    }

    void remove(long seq) {
        int place = from(seq);
        if (place == size || seq(place) != seq) {
            return;
        }
        int at = start + place;
        if (place < size / 2) {
            System.arraycopy(seqs, start, seqs, start + 1, place);
            System.arraycopy(values, start, values, start + 1, place);
            start++;
        } else {
            System.arraycopy(seqs, at + 1, seqs, at, size - place - 1);
            System.arraycopy(values, at + 1, values, at, size - place - 1);
        }
        size--;
    }

    /** At the end; what is free at the beginning is used up first. */
    private void makeRoom() {
        if (start + size < seqs.length) {
            return;
        }
        int room = size < seqs.length * 3 / 4 ? seqs.length : Math.max(16, size + size / 2);
        seqs = moved(seqs, room);
        values = moved(values, room);
        start = 0;
    }

    private long[] moved(long[] from, int room) {
        long[] to = new long[room];
        System.arraycopy(from, start, to, 0, size);
        return to;
    }
}
