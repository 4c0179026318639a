package dev.listrakrelay.spool.sqlite;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Holds which events a lane was sending, and since when.
 *
 * @param seqs the seqs of these events; of a range its first and last one
 * @param isRange whether there were too many for a list of all seqs
 */
record InFlightNote(Instant at, List<Long> seqs, boolean isRange) {

    /** The lane is not sending. */
    static final InFlightNote NOTHING = new InFlightNote(Instant.EPOCH, List.of(), false);

    /** The most seqs that a page of the file has space for, rounded down. */
    static final int MOST = 500;

    private static final int RANGE = -1;

    static InFlightNote of(List<Long> seqs, Instant at) {
        return seqs.size() <= MOST
                ? new InFlightNote(at, seqs, false)
                : new InFlightNote(at, List.of(Collections.min(seqs), Collections.max(seqs)), true);
    }

    boolean contains(long seq) {
        return isRange ? seqs.get(0) <= seq && seq <= seqs.get(1) : seqs.contains(seq);
    }

    /** Returns the note as bytes, up to the buffer's position: the number of seqs first, then the time and the seqs. */
    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * (1 + seqs.size()));
        bytes.putInt(isRange ? RANGE : seqs.size()).putLong(at.toEpochMilli());
        seqs.forEach(bytes::putLong);
        return bytes;
    }

    /** Returns the notes of all pages after the first, without those that are empty or damaged. */
    static List<InFlightNote> all(ByteBuffer file, int page) {
        List<InFlightNote> notes = new ArrayList<>();
        for (int at = page; at + page <= file.limit(); at += page) {
            int count = file.getInt(at);
            int seqs = count == RANGE ? 2 : count;
            if (seqs > 0 && seqs <= MOST) {
                notes.add(read(file.position(at + Integer.BYTES), seqs, count == RANGE));
            }
        }
        return notes;
    }

    private static InFlightNote read(ByteBuffer bytes, int count, boolean isRange) {
        Instant at = Instant.ofEpochMilli(bytes.getLong());
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seqs.add(bytes.getLong());
        }
        return new InFlightNote(at, seqs, isRange);
    }
}
