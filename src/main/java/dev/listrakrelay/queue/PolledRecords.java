package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.MessageBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Holds the records of one poll, and commits their offsets after the spool has stored them. */
final class PolledRecords {

    static final String PROPERTY = "takenRecords";

    private static final Logger LOG = Logger.getLogger(PolledRecords.class);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration STAY = Duration.ofMillis(100);

    private final ConsumerRecords<Object, Object> records;
    private final SourceConsumer consumer;

    PolledRecords(ConsumerRecords<Object, Object> records, SourceConsumer consumer) {
        this.records = records;
        this.consumer = consumer;
    }

    List<MessageBatch.Message> messages() {
        List<MessageBatch.Message> messages = new ArrayList<>(records.count());
        records.forEach(record -> messages.add(new MessageBatch.Message(place(record), (byte[]) record.value())));
        return messages;
    }

    /** With its time, for a topic that is made anew counts from 0 again. */
    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "-" + record.offset() + "-" + record.timestamp();
    }

    /** Commits the offsets. If that fails, Kafka sends the records again, and the spool recognises them by their ids. */
    void commit() {
        try {
            consumer.resume(consumer.paused());
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
            next.keySet().retainAll(consumer.assignment());
            consumer.commitSync(next, COMMIT);
        } catch (RuntimeException e) {
            LOG.warnf("kafka: records that are stored are not committed and may come again, %s", e.getMessage());
        }
    }

    /** Keeps the consumer in its group while these can't be stored, without taking more. */
    void hold() {
        try {
            consumer.stay(STAY);
        } catch (RuntimeException e) {
            LOG.debugf("kafka: not reached while the spool takes nothing, %s", e.getMessage());
        }
    }

    /** They are not stored, and nothing that comes after them may be. */
    void giveUp() {
        consumer.giveUp();
    }
}
