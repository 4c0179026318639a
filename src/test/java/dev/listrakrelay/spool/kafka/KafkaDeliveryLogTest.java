package dev.listrakrelay.spool.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** An outcome counts only when the topic of the delivery log has its record. */
class KafkaDeliveryLogTest extends KafkaTest {

    private static final String TOPIC = "unlogged.log";

    private final TestClock clock = new TestClock();

    @Test
    void anEventWhoseRecordIsRefusedStaysPendingUntilTheTopicAcceptsIt() throws Exception {
        // given a topic, made by an operator, that accepts no record of this size
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(3), Optional.empty())
                            .configs(Map.of("max.message.bytes", "60"))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            try (KafkaSpool spool =
                    new KafkaFixture(broker, "unlogged").logging(TOPIC).open(1, clock)) {
                KafkaFixture.append(spool, 0, 1, clock);

                // when
                Batch refused = delivered(spool);
                SpoolUnavailable failure = assertThrows(SpoolUnavailable.class, refused::commit);
                spool.release(0);
                long pending = spool.pending();
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, TOPIC),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("max.message.bytes", "1000000"), AlterConfigOp.OpType.SET))))
                        .all()
                        .get(20, TimeUnit.SECONDS);
                delivered(spool).commit();

                // then
                assertThat(failure.getMessage(), containsString("spool: " + TOPIC + " not written"));
                assertThat(pending, is(1L));
                assertThat(spool.pending(), is(0L));
                assertThat(broker.values(TOPIC).size(), is(1));
                assertThat(spool.deliveryLog().sent(), is(1L));
            }
        }
    }

    /** The next batch, whose events are delivered but not settled. */
    private static Batch delivered(KafkaSpool spool) throws InterruptedException {
        Batch batch = spool.take(0, 10, Duration.ZERO, KafkaFixture.BOUND).orElseThrow();
        batch.forEach(event -> batch.mark(event, new Settlement.Delivered()));
        return batch;
    }
}
