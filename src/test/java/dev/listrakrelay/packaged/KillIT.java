package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Delivery 1 to 5: {@code kill -9} loses nothing that was acknowledged, and whatever arrived twice is listed.
 *
 * <p>The guarantee is tested with {@code -Drelay.kills=50}.
 */
@Tag("faults")
class KillIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(KillIT.class);
    private static final int KILLS = Integer.getInteger("relay.kills", 4);
    private static final int EVENTS = KILLS * 1_000 / 16 * 16;
    private static final int CONNECTIONS = 16;

    @Test
    void aKillAtAnyMomentLosesNothingAndKeepsTheOrder() throws IOException {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        LOG.infof("seed %d, to repeat: -Drelay.seed=%d", seed, seed);
        int[] moments = new Random(seed)
                .ints(KILLS, EVENTS / 100, EVENTS * 97 / 100)
                .sorted()
                .toArray();
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        relay.withProperty("java.io.tmpdir", temporary).start();

        // when
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, seed)) {
            for (int moment : moments) {
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> callers.count() >= moment || callers.areDone());
                relay.kill9();
                relay.start();
            }
            callers.join();
            awaitNothingPending(Duration.ofMinutes(1));

            // then
            List<String> listed = relay.killedWhileSending();
            LOG.infof("%d arrived twice, %d are listed", duplicates(), listed.size());
            assertThat(
                    "each that arrived twice is listed",
                    Set.copyOf(listed).containsAll(listrak.orderIdsOfRepeatedEvents()),
                    is(true));
            assertThat(
                    "no more than the requests under way",
                    listed.size(),
                    lessThanOrEqualTo(KILLS * PackagedRelay.LANES * listrak.largestRequest()));
            LOG.infof(
                    "%d kills, %d events acknowledged, %d requests posted again, %d arrived, %d lost, %d duplicates,"
                            + " %d contacts out of order, largest request %d",
                    KILLS,
                    callers.count(),
                    callers.repeated(),
                    listrak.arrived(),
                    lost(callers.acknowledged()).size(),
                    duplicates(),
                    Callers.outOfOrder(listrak).size(),
                    listrak.largestRequest());
            assertThat(callers.acknowledged(), hasSize(EVENTS));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
            assertThat("each and no other", listrak.orderIds(), is(Set.copyOf(callers.acknowledged())));
            assertThat("stored, each id once", relay.metric("listrak_relay_accepted_total"), is((long) EVENTS));
            assertThat(relay.metric("listrak_relay_delivered_total"), is((long)
                    listrak.orderIds().size()));
            assertThat("libraries that killed processes left behind", nativeLibraries(temporary), empty());
        }
    }

    private static List<Path> nativeLibraries(Path temporary) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(file -> file.toString().endsWith(".so")).toList();
        }
    }
}
