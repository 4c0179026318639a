package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.log.LogRateLimiter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Polls a consumer again and again, on its own thread. After a failure, it tries again a second later. */
final class PollLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PollLoop.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final String topic;
    private final Consumer<?, ?> consumer;
    private final Runnable poll;
    private final Runnable end;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private final Thread thread;

    /**
     * Starts at once.
     *
     * @param poll polls once; a wake-up of the consumer may interrupt it
     * @param end runs last, when the loop is closed
     */
    PollLoop(String name, String topic, Consumer<?, ?> consumer, Runnable poll, Runnable end) {
        this.topic = topic;
        this.consumer = consumer;
        this.poll = poll;
        this.end = end;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isClosed() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            while (!isClosed()) {
                pollOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end.run();
        }
    }

    private void pollOnce() throws InterruptedException {
        try {
            poll.run();
            lines.end(topic);
        } catch (WakeupException e) {
            // closed, or other work waits
        } catch (RuntimeException e) {
            if (lines.isDue(topic)) {
                LOG.warnf("%s: not readable, trying again, %s", topic, e.getMessage());
            }
            stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        consumer.wakeup();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
