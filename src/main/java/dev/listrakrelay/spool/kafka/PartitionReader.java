package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads records of any partition, whichever process its lane is assigned to. It serves one caller at a time. */
final class PartitionReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;

    PartitionReader(SpoolKafkaClients clients) {
        this.consumer = clients.reader();
    }

    /** The offset of the first record that still exists. */
    synchronized long begin(TopicPartition partition) {
        return guarded(() -> consumer.beginningOffsets(Set.of(partition)).get(partition));
    }

    /** The offset after the last record. */
    long end(TopicPartition partition) {
        return ends(Set.of(partition)).get(partition);
    }

    /** The offset after the last record of each partition. */
    synchronized Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return guarded(() -> consumer.endOffsets(partitions));
    }

    /**
     * Passes on the records of a range, in order. Offsets without a record are skipped.
     *
     * @param from the first offset
     * @param to the offset after the last one
     */
    synchronized void read(
            TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        guarded(() -> {
            consumer.assign(Set.of(partition));
            consumer.seek(partition, from);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (long at = from; at < to; at = consumer.position(partition)) {
                List<ConsumerRecord<byte[], byte[]>> records =
                        consumer.poll(POLL).records(partition);
                records.stream().filter(written -> written.offset() < to).forEach(take);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new SpoolUnavailable("spool: " + partition + " is not readable", null);
                }
            }
            return null;
        });
    }

    /**
     * Passes on the records at some offsets, in order.
     *
     * @param offsets in ascending order
     * @param along the largest distance of two offsets that are read together, with the records in between
     */
    void readSome(
            TopicPartition partition, List<Long> offsets, int along, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        Set<Long> wanted = Set.copyOf(offsets);
        int first = 0;
        for (int i = 0; i < offsets.size(); i++) {
            boolean isLast = i + 1 == offsets.size() || offsets.get(i + 1) - offsets.get(i) > along;
            if (isLast) {
                read(partition, offsets.get(first), offsets.get(i) + 1, read -> {
                    if (wanted.contains(read.offset())) {
                        take.accept(read);
                    }
                });
                first = i + 1;
            }
        }
    }

    private static <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (KafkaException e) {
            throw new SpoolUnavailable("spool: not readable, " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
