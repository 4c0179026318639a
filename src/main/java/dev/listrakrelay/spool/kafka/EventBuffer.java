package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Holds the events of a lane that were read and not yet settled, about so many bytes of them: the next ones, those taken
 * since the head moved last, and, while there is room, the open ones.
 */
final class EventBuffer {

    /** What may wait to be taken, and as much again of open events. */
    private static final long MOST_BYTES = 2_000_000;

    /** What an event takes beside its payload. */
    private static final int BESIDE = 400;

    private final Deque<Event> fresh = new ArrayDeque<>();
    private final Deque<Event> taken = new ArrayDeque<>();
    private final Map<Long, Event> open = new HashMap<>();
    private long freshBytes;
    private long openBytes;
    private long readTo;

    /** What those who wait want, at least. */
    private int awaitedEvents = Integer.MAX_VALUE;

    private long awaitedEnd = Long.MAX_VALUE;

    /** @param readTo the offset of the next record to read */
    EventBuffer(long readTo) {
        this.readTo = readTo;
    }

    synchronized long readTo() {
        return readTo;
    }

    /** Adds the next event. */
    synchronized void add(Event event, long next) {
        fresh.addLast(event);
        freshBytes += bytes(event);
        skipTo(next);
    }

    /** Goes on behind what is no event. */
    synchronized void skipTo(long next) {
        readTo = next;
        if (fresh.size() >= awaitedEvents || readTo >= awaitedEnd || isFull()) {
            awaitedEvents = Integer.MAX_VALUE;
            awaitedEnd = Long.MAX_VALUE;
            notifyAll();
        }
    }

    /**
     * Whether nothing is here that was not taken.
     *
     * @param isSettled whether what was taken is settled, or open
     */
    synchronized boolean isDrained(boolean isSettled) {
        return fresh.isEmpty() && (isSettled || taken.isEmpty());
    }

    synchronized boolean isFull() {
        return freshBytes >= MOST_BYTES;
    }

    /** Whether to read on after it was full. */
    synchronized boolean hasRoom() {
        return freshBytes < MOST_BYTES / 2;
    }

    /** Waits until so many events or bytes are there to be taken, or all up to an offset were read. */
    synchronized void await(int events, long bytes, long end, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (fresh.size() < events && freshBytes < bytes && readTo < end) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            // the bytes are looked at when the buffer is full: it never is with fewer
            awaitedEvents = Math.min(awaitedEvents, events);
            awaitedEnd = Math.min(awaitedEnd, end);
            wait(left);
        }
    }

    /** The next event; null if none is there. */
    synchronized Event next() {
        Event event = fresh.pollFirst();
        if (event != null) {
            freshBytes -= bytes(event);
            taken.addLast(event);
        }
        return event;
    }

    /** What was taken since the head moved is to be taken again. */
    synchronized void putBack() {
        while (!taken.isEmpty()) {
            Event event = taken.pollLast();
            fresh.addFirst(event);
            freshBytes += bytes(event);
        }
    }

    /** The head is behind all that was taken: those that are open are kept while there is room. */
    synchronized void settled(LongPredicate isOpen) {
        open.values().removeIf(event -> {
            boolean isDone = !isOpen.test(event.seq());
            openBytes -= isDone ? bytes(event) : 0;
            return isDone;
        });
        for (Event event : taken) {
            if (isOpen.test(event.seq())) {
                keep(event);
            }
        }
        taken.clear();
    }

    /** Keeps an open event while there is room. */
    synchronized void keep(Event event) {
        if (openBytes < MOST_BYTES && open.putIfAbsent(event.seq(), event) == null) {
            openBytes += bytes(event);
        }
    }

    /** The open event that is here. */
    synchronized Event opened(long seq) {
        return open.get(seq);
    }

    /** Since when what was taken waits, by seq. */
    synchronized Map<Long, Long> takenSince() {
        Map<Long, Long> since = new HashMap<>();
        taken.forEach(event -> since.put(event.seq(), event.pendingSince().toEpochMilli()));
        return since;
    }

    /** The first that was not settled when the head moved last. */
    synchronized Optional<Event> oldest() {
        return Optional.ofNullable(taken.isEmpty() ? fresh.peekFirst() : taken.peekFirst());
    }

    private static long bytes(Event event) {
        return (long) event.raw().length + BESIDE;
    }
}
