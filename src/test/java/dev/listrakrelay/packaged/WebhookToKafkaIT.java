package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example route that sends webhooks to a topic works with a real broker. */
@Tag("kafka")
class WebhookToKafkaIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aWebhookArrivesInTheTopicUnderItsContactWhateverItsHeadersSay() throws IOException {
        // given
        try (KafkaBroker kafka = new KafkaBroker(folder.resolve("kafka"))) {
            kafka.start();
            kafka.topic("listrak-webhooks", 1);
            Path routes = MountedRoutes.copy(folder.resolve("routes"), "");
            Path example = Path.of("routes/examples/webhook-to-kafka.camel.yaml");
            Files.copy(example, routes.resolve(example.getFileName()));
            MountedRoutes.mount(relay, routes);
            relay.with("WEBHOOK_STREAM_SECRET", WebhookSender.SECRET)
                    .with("CAMEL_COMPONENT_KAFKA_BROKERS", kafka.url())
                    .start();

            // when
            String body = "{\"email\":\"kim@example.com\",\"id\":\"w1\"}";
            String now = String.valueOf(Instant.now().getEpochSecond());
            int status = relay.webhook(
                    "stream",
                    body,
                    now,
                    WebhookSender.sign(body + now),
                    "kafka.OVERRIDE_TOPIC",
                    "elsewhere",
                    "kafka.KEY",
                    "another@example.com");

            // then
            assertThat(status, is(200));
            assertThat(records(kafka), contains("kim@example.com: " + body));
        }
    }

    private static List<String> records(KafkaBroker kafka) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka.url());
        properties.put("group.id", "test");
        properties.put("auto.offset.reset", "earliest");
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("listrak-webhooks"));
            Instant bound = Instant.now().plus(SOON);
            while (records.isEmpty() && Instant.now().isBefore(bound)) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> records.add(record.key() + ": " + record.value()));
            }
        }
        return records;
    }
}
