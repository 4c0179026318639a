package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Delivery 1 to 5, with the Kafka spool: {@code kill -9} of one of three relays, or of a broker, loses
 * nothing that was acknowledged.
 *
 * <p>The guarantee is tested with {@code -Drelay.kills=50}, and with {@code -Drelay.brokers=3}, of which one at a time
 * is killed.
 */
@Tag("faults")
class KafkaSpoolKillIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(KafkaSpoolKillIT.class);
    private static final int REPLICAS = 3;
    private static final int BROKERS = Integer.getInteger("relay.brokers", 1);
    private static final int KILLS = Integer.getInteger("relay.kills", 3);
    private static final int CONNECTIONS = 8;
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Slows the callers down, so that a run with many kills lasts long without millions of events. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** The largest number of events that are acknowledged between two kills. */
    private static final int LONGEST_PEACE = 1_500;

    @Override
    KafkaNodes newCluster(Path folder) {
        return BROKERS == 1 ? super.newCluster(folder) : new KafkaNodes(folder, BROKERS);
    }

    @Test
    void aKillOfARelayOrOfKafkaAtAnyMomentLosesNothingAndKeepsTheOrder() {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        LOG.infof("seed %d, to repeat: -Drelay.seed=%d", seed, seed);
        Random random = new Random(seed);
        List<PackagedRelay> relays = started(REPLICAS);

        // when
        try (Callers callers = new Callers(relays, CONNECTIONS).pausing(PAUSE).postUntilStopped(seed)) {
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMore(callers, 1 + random.nextInt(LONGEST_PEACE));
                if (kill % 3 == 2) {
                    killBroker(cluster.get(random.nextInt(BROKERS)), callers);
                } else {
                    PackagedRelay killed = relays.get(random.nextInt(REPLICAS));
                    killed.kill9();
                    killed.start();
                }
            }
            callers.stop();
            callers.join();
            awaitDelivered(callers.acknowledged(), BOUND);
            await().atMost(BOUND).until(() -> sum(relays, "listrak_relay_pending") == 0);

            // then
            LOG.infof(
                    "%d kills, %d brokers, %d events acknowledged, %d requests posted again, %d arrived, %d lost,"
                            + " %d duplicates, %d contacts out of order, largest request %d, accepted %d, %d records",
                    KILLS,
                    BROKERS,
                    callers.count(),
                    callers.repeated(),
                    listrak.arrived(),
                    lost(callers.acknowledged()).size(),
                    duplicates(),
                    Callers.outOfOrder(listrak).size(),
                    listrak.largestRequest(),
                    booked(relays.get(0), "accepted"),
                    kafka.records(EVENTS_TOPIC));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat("twice though settled;" + lostLanes(relays), listrak.unexplainedDuplicates(), empty());
            awaitBooks(relays, callers, BOUND);
        }
    }

    /** What the relays said about requests that may be sent twice. */
    private static String lostLanes(List<PackagedRelay> relays) {
        return relays.stream()
                .flatMap(relay -> relay.logText().lines())
                .filter(line -> line.contains("may be sent twice"))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** Kills a broker and starts it again. If there are others, more events have to be acknowledged meanwhile. */
    private void killBroker(KafkaBroker broker, Callers callers) {
        listrak.interruptedBy(() -> {
            broker.kill9();
            if (BROKERS > 1) {
                awaitMore(callers, CONNECTIONS);
            }
            broker.start();
            cluster.awaitInSync();
        });
    }

    private static void awaitMore(Callers callers, int events) {
        int target = callers.count() + events;
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> callers.count() >= target);
    }
}
