package dev.listrakrelay.bench;

import dev.listrakrelay.packaged.KafkaBroker;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of a Kafka of its own, and who sends events to it, one in a record. */
final class KafkaTopic implements AutoCloseable {
    static final String NAME = "events";

    private static final int PARTITIONS = 8;
    private static final long LONGEST_RUN_SECONDS = 1_800;

    private final KafkaBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaTopic(Path folder) {
        broker = new KafkaBroker(folder);
        broker.start();
        broker.topic(NAME, PARTITIONS);
        producer = broker.producer();
    }

    String url() {
        return broker.url();
    }

    /** Sends that many records and returns when the broker has the last. */
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
