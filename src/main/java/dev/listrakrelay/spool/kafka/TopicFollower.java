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
        String topic = partitions.get(0).topic();
        this.loop = new PollLoop("follow-" + topic, topic, consumer, this::poll, consumer::close);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        loop.start();
    }

    /**
     * Waits until all records are read that were written before the call.
     *
     * @param reader finds the end of the topic
     * @throws SpoolUnavailable if that takes longer than 20 s
     */
    void awaitCurrent(PartitionReader reader) {
        await(reader.ends(partitions));
    }

    private synchronized void await(Map<TopicPartition, Long> ends) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (ends.entrySet().stream().anyMatch(of -> positions.getOrDefault(of.getKey(), -1L) < of.getValue())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || loop.isClosed()) {
                    throw new SpoolUnavailable("spool: " + partitions.get(0).topic() + " not readable in time", null);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpoolUnavailable("spool: interrupted", e);
        }
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
