package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the relay, of Kafka and of both loses no record, and stores none twice. */
@Tag("nightly")
@Tag("faults")
class KafkaKillIT extends KafkaSourceTest {

    private static final Logger LOG = Logger.getLogger(KafkaKillIT.class);

    @Test
    void noKillLosesARecord() {
        // given
        kafka.start();
        kafka.topic(topic, PARTITIONS);
        relay.start();

        // when
        CompletableFuture<List<String>> sending = send(0, QueueKills.EVENTS);
        QueueKills.whileArriving(listrak, relay, kafka);
        List<String> sent = sending.join();
        await().atMost(Duration.ofMinutes(3)).until(() -> listrak.orderIds().size() == sent.size());
        awaitNothingPending(Duration.ofMinutes(1));

        // then
        LOG.infof(
                "%d kills, %d records, %d arrived, %d lost, %d duplicates",
                QueueKills.KILLS, sent.size(), listrak.arrived(), lost(sent).size(), duplicates());
        assertThat(sent, hasSize(QueueKills.EVENTS));
        assertThat(lost(sent), empty());
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat("stored, each once", relay.metric("listrak_relay_accepted_total"), is((long) QueueKills.EVENTS));
    }
}
