package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Delivery 1 to 5, with the spool in Kafka: {@code kill -9} of one of three relays, or of Kafka, loses nothing that
 * was acknowledged.
 *
 * <p>{@code -Drelay.kills=50} is what is promised.
 */
class KafkaSpoolKillIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(KafkaSpoolKillIT.class);
    private static final int REPLICAS = 3;
    private static final int KILLS = Integer.getInteger("relay.kills", 6);
    private static final int CONNECTIONS = 15;
    private static final int EVENTS = Math.max(10_000, KILLS * 1_000) / CONNECTIONS * CONNECTIONS;

    @Test
    void aKillOfARelayOrOfKafkaAtAnyMomentLosesNothingAndKeepsTheOrder() {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        LOG.infof("seed %d, to repeat: -Drelay.seed=%d", seed, seed);
        Random random = new Random(seed);
        int[] moments =
                random.ints(KILLS, EVENTS / 100, EVENTS * 97 / 100).sorted().toArray();
        List<PackagedRelay> relays = started(REPLICAS);

        // when
        try (Callers callers = new Callers(relays, CONNECTIONS).post(EVENTS, seed)) {
            for (int kill = 0; kill < KILLS; kill++) {
                int moment = moments[kill];
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> callers.count() >= moment || callers.areDone());
                if (kill % 3 == 2) {
                    kafka.kill9();
                    kafka.start();
                } else {
                    PackagedRelay killed = relays.get(random.nextInt(REPLICAS));
                    killed.kill9();
                    killed.start();
                }
            }
            callers.join();
            awaitDelivered(callers.acknowledged(), Duration.ofMinutes(2));
            await().atMost(Duration.ofMinutes(2)).until(() -> sum(relays, "listrak_relay_pending") == 0);

            // then
            LOG.infof(
                    "%d kills, %d events acknowledged, %d requests posted again, %d arrived, %d lost, %d duplicates,"
                            + " %d contacts out of order, largest request %d, accepted %d",
                    KILLS,
                    callers.count(),
                    callers.repeated(),
                    listrak.arrived(),
                    lost(callers.acknowledged()).size(),
                    duplicates(),
                    Callers.outOfOrder(listrak).size(),
                    listrak.largestRequest(),
                    booked(relays, "accepted"));
            assertThat(callers.acknowledged(), hasSize(EVENTS));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(duplicates(), lessThanOrEqualTo(KILLS * PackagedRelay.LANES * listrak.largestRequest()));
            // while a lane is nobody's, its book is in none of these
            await("stored, each id once")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> booked(relays, "accepted") == EVENTS);
            await("delivered, each once")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> booked(relays, "delivered") == EVENTS);
        }
    }
}
