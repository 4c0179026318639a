package dev.listrakrelay.spool.lane;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A lane that was quiet sends an event at once; soon after a batch, it waits for more events. */
class LaneTest {

    private static final Duration LINGER = Duration.ofHours(1);
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong();
    private final Lane lane = lane(new TreeMap<>());
    private final AtomicReference<Thread> consumer = new AtomicReference<>();

    @Test
    void anEventOfAQuietLaneWaitsForNoOther() {
        // given
        nanos.addAndGet(LINGER.toNanos());
        lane.arrived(1);

        // when
        CompletableFuture<Boolean> due = awaitDue(lane, 2);

        // then
        await().atMost(BOUND).until(due::isDone);
        assertTrue(due.join());
    }

    @Test
    void soonAfterABatchAnEventWaitsForOthers() {
        // given
        nanos.addAndGet(LINGER.toNanos());
        lane.claim(List.of(), 0);
        lane.release();
        lane.arrived(1);

        assertThatOneEventWaitsForASecond(lane);
    }

    @Test
    void soonAfterABatchAnEventThatItLeftWaitsForOthersToo() {
        // given
        Lane withLeftEvent = lane(new TreeMap<>(Map.of(1L, new LaneProgress.Open("a", 0, 0))));
        withLeftEvent.arrived(1);
        nanos.addAndGet(LINGER.toNanos());
        withLeftEvent.claim(List.of(), 0);
        withLeftEvent.release();

        assertThatOneEventWaitsForASecond(withLeftEvent);
    }

    private void assertThatOneEventWaitsForASecond(Lane lane) {
        // when
        CompletableFuture<Boolean> due = awaitDue(lane, 2);
        await().atMost(BOUND)
                .until(() -> due.isDone()
                        || consumer.get() != null && consumer.get().getState() == Thread.State.TIMED_WAITING);
        boolean isWaiting = !due.isDone();
        lane.arrived(1);

        // then
        assertTrue(isWaiting);
        await().atMost(BOUND).until(due::isDone);
        assertTrue(due.join());
    }

    private Lane lane(TreeMap<Long, LaneProgress.Open> open) {
        return new Lane(0, new LaneProgress(0, 0, open), 0, 0, 0, nanos::get);
    }

    private CompletableFuture<Boolean> awaitDue(Lane lane, int max) {
        return CompletableFuture.supplyAsync(() -> {
            consumer.set(Thread.currentThread());
            try {
                return lane.awaitDue(max, LINGER, Duration.ZERO, Clock.systemUTC());
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }
}
