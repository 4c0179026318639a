package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.EventId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Knows which lanes are assigned to this process, and recovered. */
final class Lanes {

    private final AtomicReferenceArray<AssignedLane> assigned;

    /** Whether the batch that is out is one of a former assignment. */
    private final boolean[] isOutOfFormer;

    Lanes(int count) {
        assigned = new AtomicReferenceArray<>(count);
        isOutOfFormer = new boolean[count];
    }

    int count() {
        return assigned.length();
    }

    /** Empty if the lane is another process's. */
    Optional<AssignedLane> get(int lane) {
        return Optional.ofNullable(assigned.get(lane));
    }

    Stream<AssignedLane> all() {
        return IntStream.range(0, count()).mapToObj(assigned::get).filter(lane -> lane != null);
    }

    /** Waits until a lane is this process's. */
    synchronized Optional<AssignedLane> await(int lane, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (assigned.get(lane) == null) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return get(lane);
    }

    synchronized void add(AssignedLane lane) {
        assigned.set(lane.number(), lane);
        notifyAll();
    }

    /** Gives a lane up. What is settled later of its batch does not count. */
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

    /** Whether an event of that id came less than a day ago, as far as these lanes know. */
    boolean know(EventId id, long now) {
        return all().anyMatch(lane -> lane.knows(id, now));
    }
}
