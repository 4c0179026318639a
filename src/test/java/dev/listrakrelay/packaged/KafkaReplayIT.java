package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Dead letters, with the Kafka spool: {@code kill -9} of a relay during a replay loses no dead letter. */
@Tag("nightly")
@Tag("faults")
class KafkaReplayIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(KafkaReplayIT.class);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String ALL = "{\"filter\":{}}";
    private static final int REPLICAS = 2;
    private static final int EVENTS = 4_000;
    private static final int KILLS = Integer.getInteger("relay.kills", 2);

    /** A small share, so that the replay is still running at each kill. */
    private static final String AT_ONCE = "200";

    @Test
    void aReplayThatIsKilledAndBegunAgainLosesNothing() {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        Random random = new Random(seed);
        List<PackagedRelay> relays = List.of(replaying(), replaying());
        relays.forEach(PackagedRelay::awaitReady);
        listrak.answer(422);
        try (Callers callers = new Callers(relays, 8).post(EVENTS, 13)) {
            callers.join();
            await().atMost(BOUND).until(() -> booked(relays.get(0), "dead") == EVENTS);
            listrak.answer(200);

            // when
            for (int kill = 0; kill < KILLS; kill++) {
                PackagedRelay killed = relays.get(kill % REPLICAS);
                PackagedRelay asked = relays.get(random.nextInt(REPLICAS));
                int moment = listrak.arrived() + random.nextInt(EVENTS / KILLS / 2);
                CompletableFuture<Void> replay = CompletableFuture.runAsync(() -> replayOrDie(asked));
                await().atMost(BOUND)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() ->
                                listrak.arrived() > moment || listrak.orderIds().size() == EVENTS);
                killed.kill9();
                replay.join();
                killed.start();
            }
            int replayedAtLast = replay(relays.get(0));
            awaitDelivered(callers.acknowledged(), BOUND);

            // then
            LOG.infof(
                    "%d kills (-Drelay.seed=%d), %d replayed by the last replay, %d lost, %d duplicates",
                    KILLS, seed, replayedAtLast, lost(callers.acknowledged()).size(), duplicates());
            assertThat(lost(callers.acknowledged()), empty());
            assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            awaitBooks(relays, callers, BOUND);
            assertThat("each replayed once, by the books", booked(relays.get(0), "replayed"), is((long) EVENTS));
            assertThat("left to be replayed", replay(relays.get(0)), is(0));
        }
    }

    private PackagedRelay replaying() {
        return relay().with("SPOOL_REPLAY_AT_ONCE", AT_ONCE).launch();
    }

    private static int replay(PackagedRelay relay) {
        try {
            return new JsonObject(relay.admin("dead-letters/replay", ALL).body()).getInteger("replayed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replayOrDie(PackagedRelay relay) {
        try {
            relay.admin("dead-letters/replay", ALL);
        } catch (IOException killed) {
            LOG.debug("killed in the midst of a replay", killed);
        }
    }
}
