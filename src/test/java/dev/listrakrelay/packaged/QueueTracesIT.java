package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** The trace of a Kafka record's header, and of an AMQP message's property, leads to Listrak. */
class QueueTracesIT extends KafkaSourceTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String OF_RECORD = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OF_MESSAGE = "0af7651916cd43dd8448eb211c80319c";

    @Override
    KafkaBroker newKafka(Path folder) {
        return SharedKafka.broker();
    }

    @Test
    void whatAQueuesSenderTracesIsOneTraceToListrak() {
        // given
        kafka.start();
        kafka.topic(topic, 1);
        try (TraceCollector collector = new TraceCollector();
                ArtemisBroker artemis = new ArtemisBroker(folder.resolve("artemis"))) {
            artemis.start();
            relay.with("TRACING_ENDPOINT", collector.url())
                    .with("TRACING_SAMPLE", "0")
                    .with("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms")
                    .with("SOURCE_AMQP_ENABLED", "true")
                    .with("SOURCE_AMQP_URL", artemis.url())
                    .with("SOURCE_AMQP_QUEUE", "orders")
                    .start();

            // when
            try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
                producer.send(new ProducerRecord<>(
                        topic,
                        0,
                        (byte[]) null,
                        bytes(event(0)),
                        List.of(new RecordHeader("traceparent", bytes(traceparent(OF_RECORD))))));
                producer.send(new ProducerRecord<>(topic, bytes(event(2))));
            }
            // before the message is sent, because two traces in one request have one span of it
            awaitTrace(collector, OF_RECORD, "source-kafka");
            artemis.send("orders", 1, (session, i) -> {
                TextMessage message = session.createTextMessage(Callers.event("a/amqp"));
                message.setStringProperty("traceparent", traceparent(OF_MESSAGE));
                return message;
            });

            // then
            awaitTrace(collector, OF_MESSAGE, "source-amqp");
        }
    }

    private static String traceparent(String traceId) {
        return "00-" + traceId + "-00f067aa0ba902b7-01";
    }

    private static void awaitTrace(TraceCollector collector, String traceId, String source) {
        await().atMost(BOUND).until(() -> collector.spans(traceId, "send listrak").stream()
                .anyMatch(sent -> collector.spans(traceId, source).stream()
                        .anyMatch(taken -> taken.getSpanId().equals(sent.getParentSpanId()))));
    }
}
