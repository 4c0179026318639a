package dev.listrakrelay.spool.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Knows how many replayed events of a lane are pending since it is ours: those that were read, and those on their way. */
final class PendingReplays {

    private final long ours;
    private final Set<Long> read = new HashSet<>();
    private int onTheWay;
    private int uncounted;

    /** @param ours the offset behind those that were there before */
    PendingReplays(long ours) {
        this.ours = ours;
    }

    /** So many letters are being written as events. */
    synchronized void feed(int letters) {
        onTheWay += letters;
    }

    /** One was there already. */
    synchronized void wasThere() {
        onTheWay--;
    }

    /** One is there that counts as a dead letter still. */
    synchronized void arrived() {
        uncounted++;
    }

    synchronized void counted(int events) {
        uncounted = Math.max(0, uncounted - events);
    }

    /** How many are there that count as dead letters still. */
    synchronized int uncounted() {
        return uncounted;
    }

    /** One was read, and is to be delivered. */
    synchronized void read(long seq, long offset) {
        if (read.add(seq)) {
            passedOver(offset);
        }
    }

    /** One was read that is there already. */
    synchronized void passedOver(long offset) {
        if (offset >= ours) {
            onTheWay = Math.max(0, onTheWay - 1);
        }
    }

    synchronized void settled(Collection<Long> seqs) {
        if (!read.isEmpty()) {
            seqs.forEach(read::remove);
        }
    }

    synchronized int onTheWay() {
        return onTheWay;
    }

    synchronized int count() {
        return read.size() + onTheWay;
    }
}
