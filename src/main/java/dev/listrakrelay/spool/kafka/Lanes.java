package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.EventId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Knows which lanes are this process's now. */
final class Lanes {

    private final AtomicReferenceArray<Held> held;

    /** A lane, and what is written of it. */
    record Held(OwnedLane lane, LaneSettling settling) {}

    /** Whether the batch that is out is one of a former ownership. */
    private final boolean[] isOutOfFormer;

    Lanes(int count) {
        held = new AtomicReferenceArray<>(count);
        isOutOfFormer = new boolean[count];
    }

    int count() {
        return held.length();
    }

    /** A lane that is ours; empty where it is another's. */
    Optional<Held> get(int lane) {
        return Optional.ofNullable(held.get(lane));
    }

    /** All that are ours. */
    Stream<Held> all() {
        return IntStream.range(0, count()).mapToObj(held::get).filter(lane -> lane != null);
    }

    /** Waits until a lane is ours. */
    synchronized Optional<Held> await(int lane, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (held.get(lane) == null) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return get(lane);
    }

    synchronized void own(Held lane) {
        held.set(lane.lane().number(), lane);
        notifyAll();
    }

    /** A lane is ours no more; what is out of it counts for nothing. */
    synchronized Optional<Held> giveUp(int lane) {
        Held was = held.getAndSet(lane, null);
        if (was != null) {
            was.lane().giveUp();
            isOutOfFormer[lane] |= was.lane().lane().isOut();
        }
        return Optional.ofNullable(was);
    }

    synchronized boolean isOutOfFormer(int lane) {
        return isOutOfFormer[lane];
    }

    synchronized void released(int lane) {
        isOutOfFormer[lane] = false;
    }

    /** Whether an event of that id came less than a day ago, as far as our lanes know. */
    boolean know(EventId id, long now) {
        for (int lane = 0; lane < held.length(); lane++) {
            Held ours = held.get(lane);
            if (ours != null && ours.lane().knows(id, now)) {
                return true;
            }
        }
        return false;
    }
}
