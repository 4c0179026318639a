package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning and continues as it grows, on its own thread. */
final class TopicFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TopicPartition> partitions;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Consumer<byte[], byte[]> consumer;
    private final PollLoop loop;

    /**
     * @param partitions all partitions of the topic
     * @param each receives each record, in order, on one thread
     */
    TopicFollower(
            SpoolKafkaClients clients,
            List<TopicPartition> partitions,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        this.partitions = partitions;
        this.each = each;
        this.consumer = clients.reader();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        String topic = partitions.get(0).topic();
        this.loop = new PollLoop("follow-" + topic, topic, consumer, this::poll, consumer::close);
    }

    /**
     * Waits until all records are read that were written before the call.
     *
     * @param reader finds the end of the topic
     * @throws SpoolUnavailable if that takes longer than 20 s
     */
    void awaitCurrent(PartitionReader reader) {
        Map<TopicPartition, Long> ends = reader.ends(partitions);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            synchronized (this) {
                while (!isReadTo(ends)) {
                    if (loop.isClosed() || deadline - System.nanoTime() <= 0) {
                        throw new SpoolUnavailable(
                                "spool: " + partitions.get(0).topic() + " not readable in time", null);
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpoolUnavailable("spool: interrupted", e);
        }
    }

    private boolean isReadTo(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(of -> positions.getOrDefault(of.getKey(), -1L) >= of.getValue());
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
            each.accept(read);
        }
        Map<TopicPartition, Long> now = new HashMap<>();
        for (TopicPartition partition : partitions) {
            now.put(partition, consumer.position(partition));
        }
        synchronized (this) {
            positions.putAll(now);
            notifyAll();
        }
    }

    @Override
    public void close() {
        loop.close();
        synchronized (this) {
            notifyAll();
        }
    }
}
