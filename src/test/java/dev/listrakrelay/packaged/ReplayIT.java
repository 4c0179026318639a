package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guarantees, Dead letters: a replay loses or repeats no event, even if two run at once or it is killed. */
class ReplayIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(ReplayIT.class);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String ALL = "{\"filter\":{}}";
    private static final int EVENTS = 6_000;
    private static final int KILLS = Integer.getInteger("relay.replay-kills", 2);

    private Callers callers;

    @BeforeEach
    void allEventsDie() {
        listrak.answer(422);
        relay.start();
        callers = new Callers(relay, 8).post(EVENTS, 13);
        try (Callers posting = callers) {
            posting.join();
        }
        awaitNothingPending(BOUND);
        assertThat(relay.metric("listrak_relay_dead_total"), is((long) EVENTS));
        listrak.answer(200);
    }

    @Test
    void aReplayTwiceAtOnceReplaysEachOnce() {
        // when
        int replayed =
                IntStream.range(0, 2).mapToObj(i -> CompletableFuture.supplyAsync(this::replay)).toList().stream()
                        .mapToInt(CompletableFuture::join)
                        .sum();

        // then
        awaitAllDelivered();
        assertThat(replayed, is(EVENTS));
        assertThatNothingIsStuckOrLost();
        assertThat(duplicates(), is(0));
    }

    @Test
    void aReplayThatIsKilledAndBegunAgainLosesNothing() {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        Random random = new Random(seed);

        // when
        for (int kill = 0; kill < KILLS; kill++) {
            int arrivedBefore = listrak.arrived();
            long replayedBefore = relay.metric("listrak_relay_replayed_total");
            CompletableFuture<Void> both =
                    CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(this::replayOrDie))
                            .limit(2)
                            .toArray(CompletableFuture[]::new));
            int moment = 1 + random.nextInt(EVENTS / KILLS);
            boolean amongTheFirst = kill % 2 == 0;
            await().atMost(BOUND)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> amongTheFirst && relay.metric("listrak_relay_replayed_total") > replayedBefore
                            || listrak.arrived() >= arrivedBefore + moment
                            || both.isDone());
            relay.kill9();
            both.join();
            relay.start();
        }
        int replayedAtLast = replay();
        awaitAllDelivered();

        // then
        LOG.infof(
                "%d kills (-Drelay.seed=%d), %d replayed by the last replay, %d lost, %d duplicates, largest request %d",
                KILLS,
                seed,
                replayedAtLast,
                lost(callers.acknowledged()).size(),
                duplicates(),
                listrak.largestRequest());
        assertThatNothingIsStuckOrLost();
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
    }

    private void awaitAllDelivered() {
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_delivered_total") == EVENTS);
        awaitNothingPending(BOUND);
    }

    private void assertThatNothingIsStuckOrLost() {
        assertThat(lost(callers.acknowledged()), empty());
        assertThat("left to be replayed", replay(), is(0));
        assertThat(relay.metric("listrak_relay_replayed_total"), is((long) EVENTS));
        assertThat(Callers.outOfOrder(listrak), empty());
    }

    private int replay() {
        try {
            return new JsonObject(relay.admin("dead-letters/replay", ALL).body()).getInteger("replayed");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void replayOrDie() {
        try {
            relay.admin("dead-letters/replay", ALL);
        } catch (IOException killed) {
            LOG.debug("killed in the midst of a replay", killed);
        }
    }
}
