package dev.listrakrelay.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A take waits for the first event until its patience ends, and then for more events until its linger time ends. */
abstract class WaitingContract extends SpoolFixture {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(20);

    WaitingContract(Engine engine) {
        super(engine);
    }

    @Test
    void aTakeWithoutEventsReturnsEmptyAfterItsPatience() throws InterruptedException {
        // given
        open(1);

        // when
        Optional<Batch> batch = spool.take(0, 10, LONG, Duration.ofMillis(20));

        // then
        assertTrue(batch.isEmpty());
    }

    @Test
    void aPatientTakeGetsTheFirstEventThatComes() {
        // given
        open(1);
        CompletableFuture<Optional<Batch>> taken = takeLater(10, Duration.ZERO, LONG);

        // when
        append("a", "1");

        // then
        await().atMost(BOUND).until(taken::isDone);
        assertEquals(List.of("1"), ids(taken.join().orElseThrow()));
    }

    @Test
    void aTakeThatLingersWaitsForMoreAndReturnsAtOnceWhenItHasThemAll() {
        // given
        open(1);
        append("a", "1");
        CompletableFuture<Optional<Batch>> taken = takeLater(3, LONG, Duration.ZERO);

        // when
        append("b", "2");
        append("c", "3");

        // then
        await().atMost(BOUND).until(taken::isDone);
        assertEquals(List.of("1", "2", "3"), ids(taken.join().orElseThrow()));
    }

    @Test
    void aTakeThatLingersCountsWhatIsDueAgain() {
        // given
        open(1);
        append("a", "1", "2");
        settle(take(), retryIn(Duration.ofSeconds(1)), "1", "2");
        spool.release(0);
        clock.advance(Duration.ofSeconds(1));

        // when
        CompletableFuture<Optional<Batch>> taken = takeLater(2, LONG, Duration.ZERO);

        // then
        await().atMost(BOUND).until(taken::isDone);
        assertEquals(List.of("1", "2"), ids(taken.join().orElseThrow()));
    }

    @Test
    void aTakeThatLingersWithoutNewEventsReturnsThoseItHas() throws InterruptedException {
        // given
        open(1);
        append("a", "1");

        // when
        Optional<Batch> batch = spool.take(0, 10, Duration.ofMillis(20), Duration.ZERO);

        // then
        assertEquals(List.of("1"), ids(batch.orElseThrow()));
    }

    @Test
    void aPatientTakeGetsTheEventWhenItsTimeComes() throws InterruptedException {
        // given
        openWith(Clock.systemUTC());
        append("a", "1");
        settle(take(), new Settlement.Retry(Instant.now().plusMillis(1_300), "429"), "1");
        spool.release(0);

        // when
        Optional<Batch> batch = spool.take(0, 1, Duration.ZERO, Duration.ofSeconds(60));

        // then
        assertEquals(List.of("1"), ids(batch.orElseThrow()));
    }

    private CompletableFuture<Optional<Batch>> takeLater(int max, Duration linger, Duration patience) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return spool.take(0, max, linger, patience);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }
}
