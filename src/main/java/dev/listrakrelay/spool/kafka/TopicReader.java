package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads stretches of partitions when they are asked for; one at a time, with a consumer of its own that is in no group. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private Consumer<byte[], byte[]> consumer;

    /** @param consumers makes consumers that are in no group and begin at the earliest record there is */
    TopicReader(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** What is done with each record that is read. */
    interface Each {
        void record(ConsumerRecord<byte[], byte[]> read);
    }

    /**
     * Reads what is left of a stretch, in order.
     *
     * @param from the first offset
     * @param to the offset behind the last one
     * @throws SpoolUnavailable where nothing comes for 20 s
     */
    synchronized void read(TopicPartition partition, long from, long to, Each each) {
        if (from >= to) {
            return;
        }
        try {
            open().assign(List.of(partition));
            consumer.seek(partition, from);
            long end = System.nanoTime() + PATIENCE.toNanos();
            long position = from;
            while (position < to) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
                    if (read.offset() < to) {
                        each.record(read);
                    }
                }
                long now = consumer.position(partition, PATIENCE);
                end = now > position ? System.nanoTime() + PATIENCE.toNanos() : end;
                position = now;
                if (System.nanoTime() > end) {
                    throw new SpoolUnavailable("spool: " + partition + " not readable from " + position, null);
                }
            }
        } catch (KafkaException e) {
            throw unreadable(partition.topic(), e);
        }
    }

    /** Where each partition ends: the offset of its next record. */
    synchronized Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try {
            return open().endOffsets(partitions, PATIENCE);
        } catch (KafkaException e) {
            throw unreadable(partitions.toString(), e);
        }
    }

    /** The first offset that is left in each partition. */
    synchronized Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        try {
            return open().beginningOffsets(partitions, PATIENCE);
        } catch (KafkaException e) {
            throw unreadable(partitions.toString(), e);
        }
    }

    private Consumer<byte[], byte[]> open() {
        if (consumer == null) {
            consumer = consumers.get();
        }
        return consumer;
    }

    private static SpoolUnavailable unreadable(String what, KafkaException e) {
        return new SpoolUnavailable("spool: " + what + " not readable, " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
