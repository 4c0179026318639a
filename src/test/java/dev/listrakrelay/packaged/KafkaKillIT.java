package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the relay, of Kafka and of both loses no record, and stores none twice.
 *
 * <p>{@code -Drelay.queue-events=50000} is what is promised.
 */
class KafkaKillIT extends KafkaSourceTest {

    private static final Logger LOG = Logger.getLogger(KafkaKillIT.class);
    private static final int EVENTS = Integer.getInteger("relay.queue-events", 5_000);
    private static final int KILLS = 6;

    @Test
    void noKillLosesARecord() {
        // given
        kafka.start();
        kafka.topic(TOPIC, PARTITIONS);
        relay.start();

        // when
        int share = EVENTS / (KILLS + 1);
        CompletableFuture<List<String>> sending = send(0, EVENTS);
        for (int kill = 0; kill < KILLS; kill++) {
            int moment = (kill + 1) * share;
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> listrak.orderIds().size() >= moment);
            if (kill % 3 != 1) {
                relay.kill9();
            }
            if (kill % 3 != 0) {
                kafka.kill9();
                kafka.start();
            }
            if (kill % 3 != 1) {
                relay.start();
            }
        }
        List<String> sent = sending.join();
        await().atMost(Duration.ofMinutes(3)).until(() -> listrak.orderIds().size() == sent.size());
        awaitNothingPending(Duration.ofMinutes(1));

        // then
        LOG.infof(
                "%d kills, %d records, %d arrived, %d lost, %d duplicates",
                KILLS, sent.size(), listrak.arrived(), lost(sent).size(), duplicates());
        assertThat(sent, hasSize(EVENTS));
        assertThat(lost(sent), empty());
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat(duplicates(), lessThanOrEqualTo(KILLS * PackagedRelay.LANES * listrak.largestRequest()));
        assertThat("stored, each once", relay.metric("listrak_relay_accepted_total"), is((long) EVENTS));
    }
}
