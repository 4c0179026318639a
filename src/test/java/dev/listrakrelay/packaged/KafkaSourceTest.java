package dev.listrakrelay.packaged;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A packaged relay that takes events from a Kafka of its own. */
@Tag("kafka")
abstract class KafkaSourceTest extends PackagedTest {

    static final int PARTITIONS = 6;

    private static final int SENDERS = 40;

    /** Names that no other test has. */
    final String topic = "orders-" + Uuid.randomUuid();

    final String group = "relay-" + topic;

    KafkaBroker kafka;

    @BeforeEach
    void openKafka() {
        kafka = newKafka(folder.resolve("kafka"));
        readFrom(relay);
    }

    KafkaBroker newKafka(Path folder) {
        return new KafkaBroker(folder);
    }

    @AfterEach
    void closeKafka() {
        kafka.close();
    }

    PackagedRelay readFrom(PackagedRelay relay) {
        return relay.with("SOURCE_KAFKA_ENABLED", "true")
                .with("SOURCE_KAFKA_BROKERS", kafka.url())
                .with("SOURCE_KAFKA_TOPICS", topic)
                .with("SOURCE_KAFKA_GROUP", group)
                .with("SOURCE_KAFKA_CONSUMERS", "2");
    }

    /** The id of the nth event: one contact's lie in one partition, in order. */
    static String id(int number) {
        return Callers.id(number % SENDERS, number / SENDERS);
    }

    /** Every second has no messageId of its own. */
    static String event(int number) {
        String event = Callers.event(id(number));
        return number % 2 == 0 ? event : event.replaceFirst("\"messageId\":\"[^\"]+\",", "");
    }

    /** One that is the same but for its id whenever it comes. */
    static String timed(String id) {
        return Callers.event(id).replaceFirst("\\{", "{\"timestamp\":\"2026-06-06T12:34:56Z\",");
    }

    /** Sends so many events in the background; done when the broker has all, with their ids. */
    CompletableFuture<List<String>> send(int from, int to) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> ids = new ArrayList<>();
            try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
                for (int i = from; i < to; i++) {
                    String contact = id(i).substring(0, id(i).indexOf('/'));
                    producer.send(new ProducerRecord<>(topic, bytes(contact), bytes(event(i))));
                    ids.add(id(i));
                    if (i % 100 == 0) {
                        producer.flush();
                    }
                }
            }
            return ids;
        });
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
