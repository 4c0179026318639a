package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/**
 * A spool creates its topics with the right settings, refuses topics with wrong ones, and deletes old records in them.
 */
class KafkaTopicsTest extends KafkaTest {

    private static final Settlement DELIVERED = new Settlement.Delivered();

    private final TestClock clock = new TestClock();

    @Test
    void anotherNumberOfLanesIsRefusedWithTopicExpectedAndFound() {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "lanes");
        topics.open(4, clock).close();

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> topics.join(3, clock));

        // then
        assertEquals("spool.lanes: topic lanes.events, expected 3 partitions, found 4", refused.getMessage());
    }

    @Test
    void aTopicThatLosesEventsByAgeIsRefused() throws Exception {
        // given
        make(new NewTopic("aging.events", Optional.of(2), Optional.empty())
                .configs(Map.of("retention.ms", "604800000")));

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> new KafkaFixture(broker, "aging").join(2, clock));

        // then
        assertEquals(
                "spool.kafka.prefix: topic aging.events, expected retention.ms of -1, found 604800000",
                refused.getMessage());
    }

    @Test
    void aTopicOnFewerReplicasThanAskedForIsRefused() throws Exception {
        // given
        make(new NewTopic("thin.events", Optional.of(2), Optional.empty()).configs(Map.of("retention.ms", "-1")));

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> new KafkaFixture(broker, "thin")
                .with("spool.kafka.min-insync-replicas", "2")
                .join(2, clock));

        // then
        assertEquals(
                "spool.kafka.min-insync-replicas: topic thin.events, expected min.insync.replicas of 2 or more, found"
                        + " 1",
                refused.getMessage());
    }

    @Test
    void anOffsetBeyondTheEndIsRefusedBeforeAnEventIsAcceptedThatWouldCountAsSettled() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "anew");
        topics.open(1, clock).close();
        commit("anew", new OffsetAndMetadata(10, "v1 to=+2 open=0:"));

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> topics.join(1, clock));

        // then
        assertEquals(
                "spool: anew.events-0 ends at 0, expected 12 or more, as group anew.events has committed: the topic was"
                        + " recreated, or the cluster lost some of it; delete the topics and the group of the spool"
                        + " together",
                refused.getMessage());
    }

    @Test
    void topicsThatAreMadeAnewTogetherBeginAnew() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "deleted");
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool, 0, 10);
            deliverAll(spool);
        }
        delete("deleted.events");
        delete("deleted.events.dead");

        // when
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool, 0, 3);

            // then
            assertEquals(List.of("m-0", "m-1", "m-2"), deliverAll(spool));
        }
    }

    @Test
    void eventsWithoutACommittedOffsetAreRefusedAndDeliveredIfThatIsAskedFor() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "expired");
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool, 0, 3);
            deliverAll(spool);
            append(spool, 3, 2);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.deleteConsumerGroups(List.of("expired.events")).all().get(20, TimeUnit.SECONDS);
        }

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> topics.join(1, clock));

        // then
        assertThat(
                refused.getMessage(),
                containsString("spool.kafka.without-offsets: expired.events-0, expected a committed offset of group"
                        + " expired.events, found none and up to 5 events"));
        try (KafkaSpool spool =
                topics.with("spool.kafka.without-offsets", "earliest").open(1, clock)) {
            assertEquals(List.of("m-0", "m-1", "m-2", "m-3", "m-4"), deliverAll(spool));
        }
        topics.open(1, clock).close();
    }

    @Test
    void topicsOfAnOlderSnapshotAreRefusedWithWhatToDo() throws Exception {
        // given
        make(new NewTopic("old.events.ledger", Optional.of(1), Optional.empty()));

        // when
        SpoolRefused refused = assertThrows(SpoolRefused.class, () -> new KafkaFixture(broker, "old").join(1, clock));

        // then
        assertThat(refused.getMessage(), containsString("spool.kafka.prefix: topic old.events.ledger, expected none"));
        assertThat(refused.getMessage(), containsString("let that snapshot deliver its pending events"));
    }

    @Test
    void aClusterWithFewerBrokersThanReplicasIsWaitedFor() {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "few").with("spool.kafka.replication-factor", "3");

        // when
        SpoolUnavailable away = assertThrows(SpoolUnavailable.class, () -> topics.join(1, clock));

        // then
        assertFalse(away instanceof SpoolRefused, "two more may come: " + away.getCause());
        assertThat(away.getMessage(), containsString("topic few.events can't be created"));
    }

    @Test
    void existingSpoolsAreFoundByTheirTopics() {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "made");

        // when
        topics.open(1, clock).close();

        // then
        assertEquals(Set.of("events"), new KafkaCluster(topics.config(), 1, clock).made());
    }

    @Test
    void segmentsAreSmallAndShortSoThatWhatIsDoneWithLeavesTheDisksOfTheBrokers() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "small");

        // when
        topics.open(1, clock).close();

        // then
        assertEquals("67108864", setting("small.events", "segment.bytes"));
        assertEquals("21600000", setting("small.events", "segment.ms"));
        for (String topic : List.of("small.events.dead", "small.identities")) {
            assertEquals("16777216", setting(topic, "segment.bytes"));
            assertEquals("3600000", setting(topic, "segment.ms"));
            assertEquals("86400000", setting(topic, "max.compaction.lag.ms"));
        }
    }

    @Test
    void onlySettledEventsWithForgottenIdsAreTrimmed() throws Exception {
        // given an event that waits for a retry, and many later events that are delivered, some one by one
        KafkaFixture topics = new KafkaFixture(broker, "trimmed").with("spool.kafka.remembered-ids", "1000");
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool, 0, 1_500);
            settleOneByOne(spool, take(spool));
            spool.release(0);
            settleOneByOne(spool, take(spool));
            spool.release(0);
            append(spool, 1_500, 4_000);
            deliverAll(spool);
            assertEquals(1, spool.pending());

            // when
            spool.deleteSettled();

            // then
            assertEquals(0, begin("trimmed.events"));
            assertEquals(0, broker.committed("trimmed.events"), "the lowest event that is not settled");
        }
        try (KafkaSpool again = topics.open(1, clock)) {
            assertEquals(1, again.pending());
            assertEquals(5_499L, again.tally().get(new Spool.Outcome("delivered", "")));

            // and when the first event is delivered, too
            clock.advance(Duration.ofHours(1));
            assertEquals(List.of("m-0"), deliverAll(again));
            again.deleteSettled();

            // then
            await().atMost(KafkaFixture.BOUND).until(() -> begin("trimmed.events") == 4_500);
            assertEquals(0, append(again, 4_500, 1_000));
            assertEquals(0, again.pending());
        }
    }

    /** Settles each event separately: retries the first in an hour, and delivers the others. */
    private void settleOneByOne(Spool spool, Batch batch) {
        batch.forEach(event -> {
            Settlement how = event.messageId().equals("m-0")
                    ? new Settlement.Retry(clock.instant().plus(Duration.ofHours(1)), "429")
                    : DELIVERED;
            spool.settle(0, Map.of(event, how)).toCompletableFuture().join();
        });
    }

    private static List<String> deliverAll(Spool spool) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (Optional<Batch> next = take(spool, Duration.ZERO); next.isPresent(); next = take(spool, Duration.ZERO)) {
            Batch batch = next.get();
            batch.forEach(event -> {
                ids.add(event.messageId());
                batch.mark(event, DELIVERED);
            });
            batch.commit();
            spool.release(0);
        }
        return ids;
    }

    private static Batch take(Spool spool) throws InterruptedException {
        return take(spool, KafkaFixture.BOUND).orElseThrow();
    }

    private static Optional<Batch> take(Spool spool, Duration patience) throws InterruptedException {
        return spool.take(0, 1_000, Duration.ZERO, patience);
    }

    private int append(Spool spool, int from, int count) {
        return KafkaFixture.append(spool, from, count, clock);
    }

    private static void make(NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.createTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
            await().atMost(KafkaFixture.BOUND)
                    .until(() ->
                            admin.listTopics().names().get(20, TimeUnit.SECONDS).contains(topic.name()));
        }
    }

    private static void delete(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.deleteTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
            await().atMost(KafkaFixture.BOUND).until(() -> !admin.listTopics()
                    .names()
                    .get(20, TimeUnit.SECONDS)
                    .contains(topic));
        }
    }

    private static void commit(String name, OffsetAndMetadata offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.alterConsumerGroupOffsets(name + ".events", Map.of(new TopicPartition(name + ".events", 0), offset))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static String setting(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            return admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get(20, TimeUnit.SECONDS)
                    .get(key)
                    .value();
        }
    }

    private static long begin(String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                    .partitionResult(partition)
                    .get(20, TimeUnit.SECONDS)
                    .offset();
        }
    }
}
