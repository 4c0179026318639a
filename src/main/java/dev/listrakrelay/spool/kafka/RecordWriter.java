package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
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
    CompletionStage<Void> write(List<ProducerRecord<byte[], byte[]>> records) {
        return CompletableFuture.allOf(records.stream()
                .map(record -> {
                    CompletableFuture<Void> written = new CompletableFuture<>();
                    write(record, (metadata, failure) -> {
                        if (failure == null) {
                            written.complete(null);
                        } else {
                            written.completeExceptionally(failure);
                        }
                    });
                    return written;
                })
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Writes a record.
     *
     * @param then receives the position of the record when it is on disk, or the failure
     */
    void write(ProducerRecord<byte[], byte[]> record, BiConsumer<RecordMetadata, SpoolUnavailable> then) {
        try {
            producer.send(
                    record,
                    (metadata, failure) -> then.accept(metadata, failure == null ? null : unwritten(record, failure)));
        } catch (KafkaException | IllegalStateException e) {
            then.accept(null, unwritten(record, e));
        }
    }

    private static SpoolUnavailable unwritten(ProducerRecord<byte[], byte[]> record, Exception cause) {
        return new SpoolUnavailable("spool: " + record.topic() + " not written, " + cause.getMessage(), cause);
    }
}
