package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.MessageBatch;
import dev.listrakrelay.tracing.TraceHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** Holds the records of one poll, and commits their offsets after the spool has stored them. */
final class PolledRecords {

    static final String PROPERTY = "polledRecords";

    private static final Logger LOG = Logger.getLogger(PolledRecords.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSED_POLL_TIMEOUT = Duration.ofMillis(100);

    private final ConsumerRecords<Object, Object> records;
    private final SourceConsumer consumer;

    PolledRecords(ConsumerRecords<Object, Object> records, SourceConsumer consumer) {
        this.records = records;
        this.consumer = consumer;
    }

    /** @param areTraced whether to read the header {@code traceparent} of each record */
    List<MessageBatch.Message> messages(boolean areTraced) {
        List<MessageBatch.Message> messages = new ArrayList<>(records.count());
        for (ConsumerRecord<?, ?> one : records) {
            MessageBatch.Message message = new MessageBatch.Message(position(one), (byte[]) one.value());
            messages.add(areTraced ? message.withTraceparent(traceparent(one)) : message);
        }
        return messages;
    }

    private static String traceparent(ConsumerRecord<?, ?> one) {
        Header header = one.headers().lastHeader(TraceHeader.NAME);
        return header == null ? null : TraceHeader.text(header.value());
    }

    /** Returns the record's position. It includes the time, because offsets of a recreated topic begin at 0 again. */
    private static String position(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "-" + record.offset() + "-" + record.timestamp();
    }

    /** Commits the offsets. If that fails, Kafka sends the records again, and the spool recognises them by their ids. */
    void commit() {
        try {
            consumer.resume(consumer.paused());
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
            next.keySet().retainAll(consumer.assignment());
            consumer.commitSync(next, COMMIT_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("source-kafka: stored records not committed, Kafka can deliver them again, %s", e.getMessage());
        }
    }

    /** Keeps the consumer in its group without reading more records, while these can't be stored. */
    void pause() {
        try {
            consumer.pollPaused(PAUSED_POLL_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.debugf("source-kafka: no connection while paused, %s", e.getMessage());
        }
    }

    /** Stops the consumer, because these records are not stored, and no later record may be committed. */
    void abandon() {
        consumer.abandon();
    }
}
