package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Delivers the batches of a spool's lanes, one thread per lane, and records the delivered ids by contact. */
final class Walks implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Queue<String>> delivered;
    private volatile boolean isStopped;

    Walks(Spool spool, Map<String, Queue<String>> delivered) {
        this.delivered = delivered;
        for (int lane = 0; lane < spool.lanes(); lane++) {
            int number = lane;
            threads.execute(() -> deliverLane(spool, number));
        }
    }

    static Map<String, Queue<String>> nothing() {
        return new ConcurrentHashMap<>();
    }

    static long count(Map<String, Queue<String>> delivered) {
        return delivered.values().stream().mapToLong(Queue::size).sum();
    }

    private void deliverLane(Spool spool, int lane) {
        while (!isStopped) {
            try {
                Optional<Batch> batch = spool.take(lane, 50, Duration.ZERO, PATIENCE);
                batch.ifPresent(this::deliver);
            } catch (SpoolUnavailable e) {
                // tries again
            } catch (InterruptedException e) {
                return;
            } finally {
                spool.release(lane);
            }
        }
    }

    private void deliver(Batch batch) {
        batch.forEach(event -> {
            delivered
                    .computeIfAbsent(event.contact(), contact -> new ConcurrentLinkedQueue<>())
                    .add(event.messageId());
            batch.mark(event, new Settlement.Delivered());
        });
        batch.commit();
    }

    /** Stops the threads after their current batches. */
    @Override
    public void close() throws InterruptedException {
        isStopped = true;
        threads.shutdown();
        if (!threads.awaitTermination(KafkaFixture.BOUND.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
            throw new AssertionError("a lane doesn't come to its end");
        }
    }

    /** The ids without repetitions, in the order of their first occurrence. */
    static List<String> distinct(Queue<String> ids) {
        return ids.stream().distinct().toList();
    }
}
