package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Kafka source accepts records from a real broker, without loss through bad records and a full spool. */
class KafkaSourceIT extends KafkaSourceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Override
    KafkaBroker newKafka(Path folder) {
        return SharedKafka.broker();
    }

    @Test
    void aRecordIsAnEventAnArrayOfThemOrABatch() {
        // given
        kafka.start();
        kafka.topic(topic, 1);

        // when
        relay.start();
        sendRecords(event(0), "[" + event(1) + "," + event(2) + "]", "{\"batch\":[" + event(3) + "," + event(5) + "]}");

        // then
        await().atMost(SOON).until(() -> listrak.arrived() == 5);
        assertThat(listrak.orderIds(), containsInAnyOrder(id(0), id(1), id(2), id(3), id(5)));
    }

    @Test
    void aBadRecordIsADeadLetterWithItsPositionAndItsPartitionContinues() throws IOException {
        // given
        kafka.start();
        kafka.topic(topic, 1);
        relay.start();

        // when
        sendRecords("not JSON", null, "[" + event(1) + ",{\"type\":\"nonsense\"}]", event(2));
        await().atMost(SOON).until(() -> listrak.arrived() == 2);
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_dead_total") == 3);

        // then
        assertThat(listrak.orderIds(), containsInAnyOrder(id(1), id(2)));
        assertThat(
                relay.answersOfDeadLetters("unreadable"),
                containsInAnyOrder(
                        allOf(containsString(topic + "-0-0-"), containsString("not JSON at byte")),
                        allOf(containsString(topic + "-0-1-"), containsString("empty")),
                        allOf(
                                containsString(topic + "-0-2-"),
                                containsString("1 of 2 events rejected, the first is [1]: type"))));
        assertThat("the sum comes out", relay.metric("listrak_relay_accepted_total"), is(5L));
        await().atMost(SOON).until(() -> kafka.committed(group) == 4);
    }

    @Test
    void noHeaderOfARecordChangesWhatIsSentOrWhere() {
        // given
        kafka.start();
        kafka.topic(topic, 1);
        relay.start();
        List<String> names = List.of(
                "kafka.OVERRIDE_TOPIC",
                "KAFKA.OVERRIDE_TOPIC",
                "Kafka.Offset",
                "kafka.TIMESTAMP",
                "CamelHttpUri",
                "camelhttpuri",
                "CamelHttpPath",
                "CAMELHTTPQUERY",
                "CamelHttpMethod",
                "CamelKafkaManualCommit",
                "Host",
                "Authorization",
                "Content-Type",
                "Content-Encoding",
                "source",
                "call",
                "JMSReplyTo",
                "Transfer-Encoding");

        // when
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(new ProducerRecord<>(topic, bytes(timed("c/plain"))));
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(timed("c/headers")));
            // each header twice
            for (int i = 0; i < 2; i++) {
                names.forEach(name -> record.headers().add(name, bytes("http://localhost:1/elsewhere")));
            }
            producer.send(record);
        }

        // then
        await().atMost(SOON).until(() -> listrak.arrived() == 2);
        String plain = listrak.dataFields("c/plain").get(0);
        assertThat(listrak.dataFields("c/headers"), contains(plain.replace("c/plain", "c/headers")));
        await().atMost(SOON).until(() -> kafka.committed(group) == 2);
    }

    @Test
    void aSpoolThatIsFullHoldsTheConsumerBackAndNothingIsLost() {
        // given
        kafka.start();
        kafka.topic(topic, PARTITIONS);
        listrak.answer(503);
        relay.with("SPOOL_MAX_BYTES", "1M").with("SPOOL_HISTORY_EVENTS", "0").start();

        // when
        List<String> sent = send(0, 10_000).join();
        await().atMost(SOON).until(() -> relay.logText().contains("source-kafka: paused"));

        // then
        assertThat(kafka.committed(group), lessThan(10_000L));
        assertThat(relay.sigterm().awaitExit(), is(0));

        // and when
        listrak.answer(200);
        relay.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> listrak.orderIds().size() == sent.size());

        // then
        assertThat(lost(sent), empty());
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat(listrak.arrived(), is(sent.size()));
    }

    @Test
    @Tag("nightly")
    void aRelayIsReadyWithoutItsBrokerAndReadsItsMessagesOnceItIsUp() {
        // given
        kafka = super.newKafka(folder.resolve("kafka"));
        readFrom(relay).start();

        // when
        kafka.start();
        kafka.topic(topic, PARTITIONS);
        List<String> sent = send(0, 200).join();

        // then
        await().atMost(SOON).until(() -> listrak.orderIds().size() == sent.size());
        assertThat(relay.isReady(), is(true));
    }

    @Test
    @Tag("nightly")
    void twoRelaysOfAGroupShareTheRecordsAndOneTakesOverFromTheOther() throws IOException {
        // given
        kafka.start();
        kafka.topic(topic, PARTITIONS);
        relay.start();
        try (PackagedRelay other =
                readFrom(new PackagedRelay(listrak, Files.createDirectory(folder.resolve("other"))))) {
            List<String> sent = new ArrayList<>(send(0, 2_000).join());

            // when
            other.start();
            sent.addAll(send(2_000, 4_000).join());
            await().atMost(SOON).until(() -> listrak.orderIds().size() == sent.size());
            relay.kill9();
            sent.addAll(send(4_000, 5_000).join());
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> other.metric("listrak_relay_pending") == 0 && kafka.committed(group) == sent.size());
            relay.start();
            awaitNothingPending(SOON);

            // then
            assertThat(sent, hasSize(5_000));
            assertThat(lost(sent), empty());
            assertThat("those two relays had in hand", duplicates(), lessThan(4 * 1_000));
        }
    }

    private void sendRecords(String... values) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value == null ? null : bytes(value)));
            }
        }
    }
}
