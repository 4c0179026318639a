package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.EventId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds the lanes that are assigned to this process and recovered. */
final class Lanes {

    private final AtomicReferenceArray<AssignedLane> assigned;

    /** By lane, whether its current batch was taken under an earlier assignment. */
    private final boolean[] isOutOfFormer;

    Lanes(int count) {
        assigned = new AtomicReferenceArray<>(count);
        isOutOfFormer = new boolean[count];
    }

    int count() {
        return assigned.length();
    }

    /** Returns a lane; empty if it is not assigned to this process, or not recovered yet. */
    Optional<AssignedLane> get(int lane) {
        return Optional.ofNullable(assigned.get(lane));
    }

    Stream<AssignedLane> all() {
        return IntStream.range(0, count()).mapToObj(assigned::get).filter(lane -> lane != null);
    }

    /**
     * Waits until a lane is assigned to this process and recovered; empty if that takes longer than {@code patience}.
     */
    synchronized Optional<AssignedLane> await(int lane, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (assigned.get(lane) == null && deadline - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return get(lane);
    }

    synchronized void add(AssignedLane lane) {
        assigned.set(lane.number(), lane);
        notifyAll();
    }

    /** Gives up a lane. Later outcomes of its batch are not stored. */
    synchronized void giveUp(int lane) {
        AssignedLane was = assigned.getAndSet(lane, null);
        if (was != null) {
            was.giveUp();
            isOutOfFormer[lane] |= was.lane().isOut();
        }
    }

    synchronized boolean isOutOfFormer(int lane) {
        return isOutOfFormer[lane];
    }

    synchronized void released(int lane) {
        isOutOfFormer[lane] = false;
    }

    /**
     * Whether an event with an id arrived in one of these lanes within 24 h.
     *
     * @param now epoch milliseconds
     */
    boolean know(EventId id, long now) {
        return all().anyMatch(lane -> lane.knows(id, now));
    }
}
