package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the records of the delivery log to their topic, which is the log. So no record ever waits to be sent. Call it
 * before the commit that settles the events: if the process dies in between, the events are settled again, and their
 * records have the same ids.
 */
final class KafkaDeliveryLog implements DeliveryLog {

    private final RecordWriter writer;
    private final String topic;
    private final DeliveryRecorder recorder;
    private final AtomicLong sent = new AtomicLong();

    /** @param options how to write records; if they are empty, there are none */
    KafkaDeliveryLog(RecordWriter writer, String spool, Optional<DeliveryLogOptions> options) {
        this.writer = writer;
        this.topic = options.map(DeliveryLogOptions::topic).orElse("");
        this.recorder = new DeliveryRecorder(spool, options);
    }

    /** Makes the records. */
    DeliveryRecorder recorder() {
        return recorder;
    }

    /** Writes records. Completes when all are on disk. */
    CompletionStage<Void> write(List<DeliveryRecord> records) {
        return writer.write(records.stream()
                        .map(record -> new ProducerRecord<>(
                                topic,
                                record.key().getBytes(UTF_8),
                                record.json().getBytes(UTF_8)))
                        .toList())
                .thenRun(() -> sent.addAndGet(records.size()));
    }

    @Override
    public long sent() {
        return sent.get();
    }
}
