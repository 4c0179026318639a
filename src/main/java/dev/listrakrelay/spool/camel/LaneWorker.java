package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Gate;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolTimes;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/** Takes one lane's batches through the route, one after the other; what a route leaves unsettled is due again later. */
class LaneWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(LaneWorker.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);

    private final DefaultConsumer consumer;
    private final String name;
    private final Spool spool;
    private final int lane;
    private final SpoolComponent.Intake intake;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private SpoolTimes times = SpoolTimes.NONE;
    private boolean isToldToRest;
    private String toldUnreadable;

    LaneWorker(DefaultConsumer consumer, String name, Spool spool, int lane, SpoolComponent.Intake intake) {
        this.name = name;
        this.consumer = consumer;
        this.spool = spool;
        this.lane = lane;
        this.intake = intake;
        this.thread = new Thread(this, name + "-lane-" + lane);
        this.isToldToRest = spool.pauses(lane) > 0;
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

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Waits for the batch on its way, until {@code deadline} (of {@link System#nanoTime}). */
    void join(long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                Optional<Batch> batch = spool.take(lane, intake.batchSize(), intake.linger(), PATIENCE);
                if (batch.isPresent()) {
                    toldUnreadable = null;
                    passGate(batch.get().measuredBy(times));
                }
            } catch (InterruptedException e) {
                stop();
            } catch (LaneLost e) {
                LOG.warnf("%s, lane %d: what was in flight may be sent twice, %s", name, lane, e.getMessage());
            } catch (SpoolUnavailable e) {
                standStill(e.getMessage());
            } catch (Exception e) {
                LOG.errorf(e, "%s, lane %d: spool not usable, trying again", name, lane);
                backOff(0, e.getMessage());
            }
        }
    }

    private void passGate(Batch batch) throws Exception {
        try {
            while (!intake.gate().awaitOpen(PATIENCE)) {
                if (isStopped() || spool.isHandedOver(lane)) {
                    return;
                }
            }
            if (!spool.isHandedOver(lane)) {
                walk(batch);
            }
        } finally {
            spool.release(lane);
        }
    }

    private void walk(Batch batch) throws Exception {
        // it may have waited long at the gate
        batch.dropForgotten();
        if (batch.size() > 0) {
            route(batch);
        }
        settle(batch);
        if (batch.restNow() == Batch.Rest.BACK_OFF) {
            backOff(batch.unsettled(), batch.cause());
        } else if (isToldToRest && batch.unsettled() == 0) {
            LOG.infof("%s, lane %d: resumed", name, lane);
            isToldToRest = false;
        }
    }

    private void route(Batch batch) throws Exception {
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(Batch.PROPERTY, batch);
            exchange.setProperty(Gate.PROPERTY, intake.gate());
            exchange.getMessage().setBody(batch);
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                batch.rest(Batch.Rest.BACK_OFF, exchange.getException().getMessage());
            }
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    /** Writes what was decided however long that takes: let go, a delivered event would be sent again. */
    private void settle(Batch batch) throws InterruptedException {
        for (boolean isWritten = false, isTold = false; !isWritten; isTold = true) {
            try {
                batch.commit();
                isWritten = true;
            } catch (LaneLost e) {
                throw e;
            } catch (SpoolUnavailable e) {
                if (!isTold) {
                    LOG.warnf(
                            "%s, lane %d: what was delivered can't be noted, trying again, %s",
                            name, lane, e.getMessage());
                }
                if (stop.await(WRITE_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    /** Lets the lane rest, and says so once, not at every try; where no event has to wait for it, not at all. */
    private void backOff(int events, String cause) {
        if (!isToldToRest && events > 0) {
            LOG.warnf("%s, lane %d: %d events wait, %s", name, lane, events, cause);
            isToldToRest = true;
        }
        rest(events, cause);
    }

    /** Lets the lane rest because it can't be read, and says that once. */
    private void standStill(String cause) {
        if (!cause.equals(toldUnreadable)) {
            LOG.errorf("%s, lane %d: stands still, %s", name, lane, cause);
            toldUnreadable = cause;
        }
        rest(0, cause);
    }

    private void rest(int events, String cause) {
        Duration rest = intake.backoff().after(spool.pauses(lane), random);
        spool.pause(lane, rest, events, String.valueOf(cause)).exceptionally(failure -> {
            LOG.warnf("%s, lane %d: rests in memory alone, %s", name, lane, failure.getMessage());
            return null;
        });
    }
}
