package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes records to Kafka, and reports when they are on disk. */
final class RecordWriter {

    private final Producer<byte[], byte[]> producer;

    RecordWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Writes records. Completes when all are on disk; fails with {@link SpoolUnavailable} if one of them isn't. */
    CompletableFuture<Void> write(List<ProducerRecord<byte[], byte[]>> records) {
        return CompletableFuture.allOf(records.stream().map(this::write).toArray(CompletableFuture[]::new));
    }

    /** Writes a record. Completes with its position when it is on disk, or fails with {@link SpoolUnavailable}. */
    CompletableFuture<RecordMetadata> write(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    written.complete(metadata);
                } else {
                    written.completeExceptionally(unwritten(record, failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            written.completeExceptionally(unwritten(record, e));
        }
        return written;
    }

    private static SpoolUnavailable unwritten(ProducerRecord<byte[], byte[]> record, Exception cause) {
        return new SpoolUnavailable("spool: " + record.topic() + " not written, " + cause.getMessage(), cause);
    }
}
