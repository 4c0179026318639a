package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows how far a lane is: everything up to {@code head} is settled but the open events, everything after it waits.
 *
 * <p>So settling a whole batch writes one small row, however many events it held. What is claimed and open belongs to the
 * one consumer of the lane; only the count of pending events is shared with those who append.
 */
final class Lane {

    /** Beyond so many open events a lane takes no new ones. */
    private static final int MOST_OPEN = 10_000;

    /** An event at or before the head that is not settled: due again at {@code due} (epoch milliseconds). */
    record Open(String contact, long due, int attempts) {}

    /** What settling some events changes: written first, applied to the lane once it is on disk. */
    record Change(
            int lane, long head, SortedMap<Long, Open> opened, Set<Long> wasOpen, Map<Event, Settlement> settled) {}

    private final int number;
    private final ReentrantLock shared = new ReentrantLock();
    private final Condition arrival = shared.newCondition();
    private final TreeMap<Long, Open> open;
    private final TreeMap<Long, Open> claimed = new TreeMap<>();
    private long head;
    private long claimedTo;
    private boolean out;
    private long pending;
    private volatile long pausedUntil;
    private volatile int pauses;

    Lane(int number, long head, long pausedUntil, int pauses, long pending, TreeMap<Long, Open> open) {
        this.number = number;
        this.head = head;
        this.claimedTo = head;
        this.pausedUntil = pausedUntil;
        this.pauses = pauses;
        this.pending = pending;
        this.open = open;
    }

    /** The lane of a contact: the same one for as long as the number of lanes stays. */
    static int of(String contact, int lanes) {
        int hash = contact.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), lanes);
    }

    int number() {
        return number;
    }

    long head() {
        return head;
    }

    int pauses() {
        return pauses;
    }

    void pause(Instant until) {
        pausedUntil = until.toEpochMilli();
        pauses++;
    }

    void arrived(int events) {
        if (events > 0) {
            count(events);
        }
    }

    long pending() {
        shared.lock();
        try {
            return pending;
        } finally {
            shared.unlock();
        }
    }

    LaneState state() {
        return new LaneState(number, pending(), pauses, Instant.ofEpochMilli(pausedUntil));
    }

    private void count(int events) {
        shared.lock();
        try {
            pending += events;
            arrival.signalAll();
        } finally {
            shared.unlock();
        }
    }

    /** Waits until something is due, and a little longer for more; answers whether something is. */
    boolean awaitDue(int max, Duration linger, Duration patience, Clock clock) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        shared.lock();
        try {
            while (!isDue(clock.millis())) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                arrival.awaitNanos(Math.min(left, untilDue(clock.millis())));
            }
            long left = linger.toNanos();
            while (due(clock.millis()) < max && left > 0) {
                left = arrival.awaitNanos(left);
            }
            return true;
        } finally {
            shared.unlock();
        }
    }

    private long waiting() {
        return pending - open.size();
    }

    private boolean isDue(long now) {
        return !out && pausedUntil <= now && (takesNew() && waiting() > 0 || nextOpen() <= now);
    }

    /** How many are due, those among the new ones that wait for an earlier one included. */
    private long due(long now) {
        long again = open.values().stream().filter(event -> event.due() <= now).count();
        return again + (takesNew() ? waiting() : 0);
    }

    /** Nanoseconds to the time at which to look again, a second at most: another clock than ours tells what is due. */
    private long untilDue(long now) {
        long next = Math.max(pausedUntil, waiting() > 0 && takesNew() ? now : nextOpen());
        return TimeUnit.MILLISECONDS.toNanos(out ? 1_000 : Math.max(1, Math.min(next - now, 1_000)));
    }

    private long nextOpen() {
        return open.values().stream().mapToLong(Open::due).min().orElse(Long.MAX_VALUE);
    }

    boolean takesNew() {
        return open.size() < MOST_OPEN;
    }

    /** The open events that are due, in order. */
    List<Long> dueAgain(int max, long now) {
        return open.entrySet().stream()
                .filter(event -> event.getValue().due() <= now)
                .limit(max)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** For each contact with an open event that is not claimed: when that one is due. */
    Map<String, Long> held() {
        Map<String, Long> held = new HashMap<>();
        open.forEach((seq, event) -> {
            if (!claimed.containsKey(seq)) {
                held.merge(event.contact(), event.due(), Math::max);
            }
        });
        return held;
    }

    /** An open event may lie ahead of the head after the lanes were laid out anew; then the head must not follow it. */
    void claim(Event event) {
        if (!open.containsKey(event.seq())) {
            claimedTo = Math.max(claimedTo, event.seq());
        }
        claimed.put(event.seq(), new Open(event.contact(), 0, attempts(event.seq())));
        out = true;
    }

    /** Passes over a new event for now: it waits for an earlier one of its contact. */
    void hold(Event event, long due) {
        claimed.put(event.seq(), new Open(event.contact(), due, 0));
        claimedTo = Math.max(claimedTo, event.seq());
    }

    /** Whether events were passed over, so that the head has to move although nothing is settled. */
    boolean hasMoved() {
        return claimedTo > head;
    }

    /** What is out in a batch and not settled, without what was passed over. */
    List<Long> out() {
        return claimed.entrySet().stream()
                .filter(event -> event.getValue().due() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    int attempts(long seq) {
        return open.containsKey(seq) ? open.get(seq).attempts() : 0;
    }

    /** What is named but not claimed (settled before, or its batch released) is passed over, so that it counts once. */
    Change change(Map<Event, Settlement> settlements) {
        SortedMap<Event, Settlement> settled = new TreeMap<>(Comparator.comparingLong(Event::seq));
        settlements.forEach((event, settlement) -> {
            if (claimed.containsKey(event.seq())) {
                settled.put(event, settlement);
            }
        });
        TreeMap<Long, Open> opened = new TreeMap<>(claimed);
        open.keySet().forEach(opened::remove);
        Set<String> retried = new HashSet<>();
        settled.forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Retry retry) {
                opened.put(
                        event.seq(), new Open(event.contact(), retry.at().toEpochMilli(), attempts(event.seq()) + 1));
                retried.add(event.contact());
            } else {
                opened.remove(event.seq());
            }
        });
        if (!retried.isEmpty()) {
            keepOrder(retried, settled, opened);
        }
        return new Change(number, claimedTo, opened, Set.copyOf(open.keySet()), settled);
    }

    /** Lets no event of these contacts be due before an earlier one that stays. */
    private void keepOrder(Set<String> contacts, Map<Event, Settlement> settled, Map<Long, Open> opened) {
        TreeMap<Long, Open> staying = new TreeMap<>(open);
        settled.keySet().forEach(event -> staying.remove(event.seq()));
        staying.putAll(opened);
        Map<String, Long> latest = new HashMap<>();
        staying.forEach((seq, event) -> {
            if (contacts.contains(event.contact())) {
                long due = latest.merge(event.contact(), event.due(), Math::max);
                if (due > event.due()) {
                    opened.put(seq, new Open(event.contact(), due, event.attempts()));
                }
            }
        });
    }

    void apply(Change change) {
        int settled = 0;
        shared.lock();
        try {
            head = change.head();
            open.putAll(change.opened());
            for (Map.Entry<Event, Settlement> event : change.settled().entrySet()) {
                claimed.remove(event.getKey().seq());
                if (!(event.getValue() instanceof Settlement.Retry)) {
                    open.remove(event.getKey().seq());
                    settled++;
                }
                if (event.getValue() instanceof Settlement.Delivered) {
                    pauses = 0;
                }
            }
        } finally {
            shared.unlock();
        }
        count(-settled);
    }

    void release() {
        shared.lock();
        try {
            claimed.clear();
            claimedTo = head;
            out = false;
            arrival.signalAll();
        } finally {
            shared.unlock();
        }
    }
}
