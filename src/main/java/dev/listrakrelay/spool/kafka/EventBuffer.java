package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Holds events of a lane in memory that were read and are not settled: new events, events that were taken since the
 * head last moved, and open events while there is space. New and open events take about 2 MB each.
 */
final class EventBuffer {

    /** The number of bytes of new events at which the buffer is full, and the limit for open events. */
    private static final long MOST_BYTES = 2_000_000;

    /** The approximate bytes of an event in memory beside its payload. */
    private static final int BESIDE = 400;

    private final Deque<Event> fresh = new ArrayDeque<>();
    private final Deque<Event> taken = new ArrayDeque<>();
    private final Map<Long, Event> open = new HashMap<>();

    /** When each open event began to wait, by seq, also those that are not in memory. */
    private final Map<Long, Instant> openSince;

    private long freshBytes;
    private long openBytes;
    private long readTo;

    /**
     * @param readTo the offset of the next record to read
     * @param openSince when each open event began to wait, by seq
     */
    EventBuffer(long readTo, Map<Long, Instant> openSince) {
        this.readTo = readTo;
        this.openSince = openSince;
    }

    synchronized long readTo() {
        return readTo;
    }

    /**
     * Adds the next event.
     *
     * @param next the offset of the next record to read
     */
    synchronized void add(Event event, long next) {
        fresh.addLast(event);
        freshBytes += bytes(event);
        skipTo(next);
    }

    /** Continues at an offset. Records before it that were not added are skipped. */
    synchronized void skipTo(long next) {
        readTo = next;
    }

    /** Wakes the threads that wait for events. Call it when the records of a poll are added. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Whether the buffer holds no event that has still to be settled, other than open ones.
     *
     * @param isSettled whether all taken events are settled or open
     */
    synchronized boolean isDrained(boolean isSettled) {
        return fresh.isEmpty() && (isSettled || taken.isEmpty());
    }

    synchronized boolean isFull() {
        return freshBytes >= MOST_BYTES;
    }

    /** Whether to continue reading after the buffer was full. */
    synchronized boolean hasRoom() {
        return freshBytes < MOST_BYTES / 2;
    }

    /**
     * Waits until there are enough new events or bytes, or all records before an offset are read.
     *
     * @param events the number of new events that is enough
     * @param bytes the bytes of new events that are enough
     * @param end the offset
     * @param nanos the longest wait, in nanoseconds
     */
    synchronized void await(int events, long bytes, long end, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (fresh.size() < events && freshBytes < bytes && readTo < end && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
    }

    /** Takes the next new event; null if there is none. */
    synchronized Event next() {
        Event event = fresh.pollFirst();
        if (event != null) {
            freshBytes -= bytes(event);
            taken.addLast(event);
        }
        return event;
    }

    /** Makes the events new again that were taken since the head last moved. */
    synchronized void putBack() {
        while (!taken.isEmpty()) {
            Event event = taken.pollLast();
            fresh.addFirst(event);
            freshBytes += bytes(event);
        }
    }

    /** Removes the taken events, because the head has moved past them. It keeps open ones while there is space. */
    synchronized void settled(LongPredicate isOpen) {
        open.values().removeIf(event -> {
            boolean isDone = !isOpen.test(event.seq());
            openBytes -= isDone ? bytes(event) : 0;
            return isDone;
        });
        openSince.keySet().removeIf(seq -> !isOpen.test(seq));
        for (Event event : taken) {
            if (isOpen.test(event.seq())) {
                openSince.put(event.seq(), event.pendingSince());
                if (openBytes < MOST_BYTES && open.putIfAbsent(event.seq(), event) == null) {
                    openBytes += bytes(event);
                }
            }
        }
        taken.clear();
    }

    /** An open event; null if it is not in the buffer. */
    synchronized Event opened(long seq) {
        return open.get(seq);
    }

    /** The time since which the oldest event waits; empty if the buffer knows none. */
    synchronized Optional<Instant> oldest() {
        Stream<Event> first = Stream.concat(taken.stream(), fresh.stream()).limit(1);
        return Stream.concat(first.map(Event::pendingSince), openSince.values().stream())
                .min(Instant::compareTo);
    }

    private static long bytes(Event event) {
        return (long) event.raw().length + BESIDE;
    }
}
