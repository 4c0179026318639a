package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.Messages;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The records of one poll, and how far their partitions are read once these are stored. */
final class TakenRecords {

    static final String PROPERTY = "takenRecords";

    private static final Logger LOG = Logger.getLogger(TakenRecords.class);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration STAY = Duration.ofMillis(100);

    private final List<Exchange> records;
    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();

    /** @param records one or more, as a batching consumer hands them over */
    TakenRecords(List<Exchange> records) {
        this.records = records;
        this.consumer = commit(records.get(0)).getCamelExchangePayload().consumer;
        records.forEach(record -> next.put(
                commit(record).getPartition(),
                new OffsetAndMetadata(commit(record).getRecordOffset() + 1)));
    }

    /** Set by Camel after the record's own headers, none of which can take its place. */
    private static DefaultKafkaManualCommit commit(Exchange record) {
        return (DefaultKafkaManualCommit) record.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT);
    }

    Consumer<?, ?> consumer() {
        return consumer;
    }

    List<Messages.Message> messages() {
        return records.stream()
                .map(record -> new Messages.Message(
                        place(record), (byte[]) record.getMessage().getBody()))
                .toList();
    }

    /** With its time, for a topic that is made anew counts from 0 again. */
    private static String place(Exchange record) {
        TopicPartition partition = commit(record).getPartition();
        Object time = record.getMessage().getHeader(KafkaConstants.TIMESTAMP);
        return partition.topic() + "-" + partition.partition() + "-"
                + commit(record).getRecordOffset() + "-" + (time instanceof Long millis ? millis : 0);
    }

    /** Tells Kafka that they are stored. Where it can't be told, they come again and are known by their ids. */
    void commit() {
        try {
            consumer.resume(consumer.paused());
            next.keySet().retainAll(consumer.assignment());
            consumer.commitSync(next, COMMIT);
        } catch (RuntimeException e) {
            LOG.warnf("kafka: records that are stored are not committed and may come again, %s", e.getMessage());
        }
    }

    /** Keeps the consumer in its group while these can't be stored, without taking more. */
    void hold() {
        try {
            consumer.pause(consumer.assignment());
            ConsumerRecords<?, ?> early = consumer.poll(STAY);
            // of partitions that were assigned just now: taken again when it is their turn
            early.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, early.records(partition).get(0).offset()));
        } catch (RuntimeException e) {
            LOG.debugf("kafka: not reached while the spool takes nothing, %s", e.getMessage());
        }
    }
}
