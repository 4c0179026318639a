package dev.listrakrelay.bench;

import dev.listrakrelay.packaged.KafkaBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic in its own Kafka broker, and the producer that sends events to it, one event in a record. */
final class KafkaTopic implements AutoCloseable {
    static final String NAME = "events";

    private static final int PARTITIONS = 8;

    /**
     * A batch size for producers at full load. With Kafka's default of 16 KiB, producer and broker use a whole core.
     */
    private static final int BATCH_BYTES = 128 * 1024;

    private static final long LONGEST_RUN_SECONDS = 1_800;

    private final KafkaBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaTopic(Path folder) {
        broker = new KafkaBroker(folder);
        broker.start();
        broker.topic(NAME, PARTITIONS);
        producer = broker.producer(Map.of("batch.size", BATCH_BYTES));
    }

    String url() {
        return broker.url();
    }

    /** Sends {@code total} records, and returns when the broker has confirmed the last one. */
    Load send(Requests requests, long total) throws Exception {
        Load load = new Load(requests, total);
        while (load.hasMore()) {
            long sent = System.nanoTime();
            producer.send(
                    new ProducerRecord<>(NAME, load.nextEvent()),
                    (record, failure) ->
                            load.answered(failure == null ? Load.ACCEPTED : Load.NO_ANSWER, System.nanoTime() - sent));
        }
        return load.await(LONGEST_RUN_SECONDS);
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
