package dev.listrakrelay.spool.camel;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.SpoolLanes;
import dev.listrakrelay.spool.SpoolTimes;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.tracing.LogTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/** Sends the batches of one lane through a route, one after the other. Events without an outcome are due again. */
class LaneWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(LaneWorker.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);
    private static final String PAUSED = "paused";
    private static final String NOT_WRITTEN = "outcomes not written";

    private final DefaultConsumer consumer;
    private final String name;
    private final SpoolLanes spool;
    private final int lane;
    private final SpoolComponent.ConsumerOptions options;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private SpoolTimes times = SpoolTimes.NONE;

    LaneWorker(
            DefaultConsumer consumer, String name, SpoolLanes spool, int lane, SpoolComponent.ConsumerOptions options) {
        this.name = name;
        this.consumer = consumer;
        this.spool = spool;
        this.lane = lane;
        this.options = options;
        this.thread = new Thread(this, name + "-lane-" + lane);
        if (spool.pauses(lane) > 0) {
            // logged before the restart
            lines.isDue(PAUSED);
        }
    }

    LaneWorker measuredBy(SpoolTimes histograms) {
        times = histograms;
        return this;
    }

    void start() {
        thread.start();
    }

    void stop() {
        stop.countDown();
    }

    private boolean isEnding() {
        return isStopped() || spool.isHandedOver(lane);
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Waits until the current batch is done, or until {@code deadline} (of {@link System#nanoTime}). */
    void join(long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                Optional<Batch> batch = spool.take(lane, options.batchSize(), options.linger(), PATIENCE);
                if (batch.isPresent()) {
                    lines.endAllExcept(Set.of(PAUSED));
                    handle(batch.get().measuredBy(times).endedBy(this::isEnding));
                }
            } catch (InterruptedException e) {
                stop();
            } catch (LaneLost e) {
                LOG.warnf("%s, lane %d: events of the last request may be sent twice, %s", name, lane, e.getMessage());
            } catch (SpoolUnavailable e) {
                pauseAfterReadFailure(e.getMessage());
            } catch (Exception e) {
                LOG.errorf(e, "%s, lane %d: can't use the spool, trying again", name, lane);
                backOff(0, e.getMessage());
            }
        }
    }

    private void handle(Batch batch) throws Exception {
        try {
            batch.dropForgotten();
            if (batch.size() == 0) {
                settle(batch);
            } else if (awaitGate() && !spool.isHandedOver(lane)) {
                deliver(batch);
            }
        } finally {
            spool.release(lane);
            if (options.tracing().isOn()) {
                LogTrace.clear();
            }
        }
    }

    /** Waits until the gate is open. Returns whether it opened before the lane had to end. */
    private boolean awaitGate() throws InterruptedException {
        while (!options.gate().awaitOpen(PATIENCE)) {
            if (isEnding()) {
                return false;
            }
        }
        return true;
    }

    private void deliver(Batch batch) throws Exception {
        // the batch may have waited long at the gate
        batch.dropForgotten();
        if (batch.size() > 0) {
            route(batch);
        }
        settle(batch);
        if (batch.neededPause() == Batch.Pause.BACK_OFF) {
            backOff(batch.unsettled(), batch.cause());
        } else if (batch.unsettled() == 0 && lines.end(PAUSED)) {
            LOG.infof("%s, lane %d: resumed", name, lane);
        }
    }

    private void route(Batch batch) throws Exception {
        Exchange exchange = consumer.createExchange(false);
        try {
            SpoolExchange.set(exchange, batch);
            SpoolExchange.set(exchange, options.gate());
            options.tracing().attachTo(exchange);
            exchange.getMessage().setBody(batch);
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                batch.pause(Batch.Pause.BACK_OFF, exchange.getException().getMessage());
            }
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    /**
     * Writes the outcomes, however long that takes. If the batch were released before, delivered events would be sent
     * again.
     */
    private void settle(Batch batch) throws InterruptedException {
        for (boolean isWritten = false; !isWritten; ) {
            try {
                batch.commit();
                isWritten = true;
            } catch (LaneLost e) {
                throw e;
            } catch (SpoolUnavailable e) {
                if (lines.isDue(NOT_WRITTEN)) {
                    LOG.warnf(
                            "%s, lane %d: can't store the outcomes of delivered events, trying again, %s",
                            name, lane, e.getMessage());
                }
                if (stop.await(WRITE_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    /** Pauses the lane. It logs the first pause in a row, if events have to wait for it. */
    private void backOff(int events, String cause) {
        if (events > 0 && lines.isDue(PAUSED)) {
            LOG.warnf("%s, lane %d: paused, %s waiting, %s", name, lane, Plural.of(events, "event"), cause);
        }
        pause(events, cause);
    }

    /** Pauses the lane because its events can't be read. It logs each cause once. */
    private void pauseAfterReadFailure(String cause) {
        if (lines.isDue(String.valueOf(cause))) {
            LOG.errorf("%s, lane %d: paused, %s", name, lane, cause);
        }
        pause(0, cause);
    }

    private void pause(int events, String cause) {
        Duration duration = options.backoff().after(spool.pauses(lane), random);
        spool.pause(lane, duration, events, String.valueOf(cause)).exceptionally(failure -> {
            LOG.warnf("%s, lane %d: can't store the pause, a restart ends it, %s", name, lane, failure.getMessage());
            return null;
        });
    }
}
