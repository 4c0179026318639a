package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Reads a topic from its beginning and continues as it grows, on its own thread. */
final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TopicPartition> partitions;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final SpoolKafkaClients clients;
    private final Thread thread;
    private Consumer<byte[], byte[]> consumer;
    private volatile boolean isClosed;

    /**
     * @param partitions all partitions of the topic
     * @param each receives each record, in order, on one thread
     */
    TopicFollower(
            SpoolKafkaClients clients,
            List<TopicPartition> partitions,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        this.clients = clients;
        this.partitions = partitions;
        this.each = each;
        this.thread = new Thread(this::run, "follow-" + partitions.get(0).topic());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until all records are read that were written before the call.
     *
     * @param reader finds the end of the topic
     * @throws SpoolUnavailable if that takes longer than 20 s
     */
    void awaitCurrent(PartitionReader reader) {
        await(partitions.stream().collect(Collectors.toMap(partition -> partition, reader::end)));
    }

    private synchronized void await(Map<TopicPartition, Long> ends) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (ends.entrySet().stream().anyMatch(of -> positions.getOrDefault(of.getKey(), -1L) < of.getValue())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || isClosed) {
                    throw new SpoolUnavailable("spool: " + partitions.get(0).topic() + " not readable in time", null);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpoolUnavailable("spool: interrupted", e);
        }
    }

    private void run() {
        String lastWarning = "";
        while (!isClosed) {
            try {
                follow();
                lastWarning = "";
            } catch (WakeupException e) {
                // closed
            } catch (RuntimeException e) {
                if (!lastWarning.equals(e.getMessage())) {
                    LOG.warnf(
                            "%s can't be read, trying again, %s",
                            partitions.get(0).topic(), e.getMessage());
                    lastWarning = String.valueOf(e.getMessage());
                }
                waitASecond();
            }
        }
        if (consumer != null) {
            consumer.close();
        }
    }

    private void follow() {
        if (consumer == null) {
            Consumer<byte[], byte[]> made = clients.reader();
            made.assign(partitions);
            made.seekToBeginning(partitions);
            synchronized (this) {
                consumer = made;
            }
        }
        while (!isClosed) {
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
    }

    private synchronized void waitASecond() {
        try {
            if (!isClosed) {
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
            if (consumer != null) {
                consumer.wakeup();
            }
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
