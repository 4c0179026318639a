package dev.listrakrelay.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Reads records from Kafka, and returns all records of a poll as one record whose value is {@link PolledRecords}. Without it,
 * Camel would create an exchange for each record. If the cluster refuses access, it keeps trying; Camel would stop for good.
 */
final class SourceConsumer extends KafkaConsumer<Object, Object> {

    private final SourceRefusal refusal;
    private volatile boolean isAbandoned;
    private volatile boolean isClosed;

    SourceConsumer(Properties settings, SourceRefusal refusal) {
        super(settings);
        this.refusal = refusal;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (isAbandoned) {
            pollPaused(timeout);
            return ConsumerRecords.empty();
        }
        ConsumerRecords<Object, Object> records = pollOrRefusal(timeout);
        if (records.isEmpty()) {
            return records;
        }
        TopicPartition first = records.partitions().iterator().next();
        long offset = records.records(first).get(0).offset();
        ConsumerRecord<Object, Object> all =
                new ConsumerRecord<>(first.topic(), first.partition(), offset, null, new PolledRecords(records, this));
        return new ConsumerRecords<>(Map.of(first, List.of(all)), records.nextOffsets());
    }

    /** Polls with all partitions paused, so that the consumer stays in its group without reading more records. */
    void pollPaused(Duration timeout) {
        pause(assignment());
        ConsumerRecords<Object, Object> received = pollOrRefusal(timeout);
        // records of newly assigned partitions: they are read again after the pause
        received.partitions()
                .forEach(partition ->
                        seek(partition, received.records(partition).get(0).offset()));
    }

    @Override
    public void close() {
        isClosed = true;
        super.close();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Stops reading for good: a commit of later records would skip the abandoned ones. */
    void abandon() {
        isAbandoned = true;
    }

    private ConsumerRecords<Object, Object> pollOrRefusal(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            refusal.accepted(!records.isEmpty());
            return records;
        } catch (AuthenticationException | AuthorizationException e) {
            refusal.refused(e);
            return ConsumerRecords.empty();
        }
    }
}
