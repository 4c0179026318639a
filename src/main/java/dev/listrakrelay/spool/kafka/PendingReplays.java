package dev.listrakrelay.spool.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Knows of a lane since it is ours how many replayed events are pending, those that were read and those on their way, and
 * which letters are events already.
 */
final class PendingReplays {

    private final long ours;
    private final Map<Long, Long> written;
    private final Set<Long> read = new HashSet<>();
    private int onTheWay;
    private int uncounted;

    /**
     * @param ours the seq from which on events came since it is
     * @param written the seqs of the last replays that there were before, by letter
     */
    PendingReplays(long ours, Map<Long, Long> written) {
        this.ours = ours;
        this.written = new HashMap<>(written);
    }

    /** Only these are letters still. */
    synchronized void keep(LongPredicate isLetter) {
        written.keySet().removeIf(letter -> !isLetter.test(letter));
    }

    /** These are letters no more. */
    synchronized void gone(List<Long> letters) {
        letters.forEach(written::remove);
    }

    /** The event that a letter is already; empty where it is none. */
    synchronized OptionalLong seqOf(long letter) {
        Long seq = written.get(letter);
        return seq == null ? OptionalLong.empty() : OptionalLong.of(seq);
    }

    /** So many letters are being written as events. */
    synchronized void feed(int letters) {
        onTheWay += letters;
    }

    /** One was not, for it is there already or can't be. */
    synchronized void notFed() {
        onTheWay = Math.max(0, onTheWay - 1);
    }

    /** A letter is an event, but counts as a letter still. */
    synchronized void arrived(long letter, long seq) {
        written.putIfAbsent(letter, seq);
        uncounted++;
    }

    synchronized void counted(int events) {
        uncounted = Math.max(0, uncounted - events);
    }

    /** How many events count as letters still. */
    synchronized int uncounted() {
        return uncounted;
    }

    /** One was read, and is to be delivered. */
    synchronized void read(long seq) {
        if (read.add(seq)) {
            passedOver(seq);
        }
    }

    /** One was read that is there already. */
    synchronized void passedOver(long seq) {
        if (seq >= ours) {
            notFed();
        }
    }

    synchronized void settled(Collection<Long> seqs) {
        if (!read.isEmpty()) {
            seqs.forEach(read::remove);
        }
    }

    /** How many were not read yet. */
    synchronized int onTheWay() {
        return onTheWay;
    }

    /** How many are pending. */
    synchronized int count() {
        return read.size() + onTheWay;
    }
}
