package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Spool;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/** Takes one lane's batches through the route, one after the other; what a route leaves unsettled is due again later. */
class LaneWalk implements Runnable {

    private static final Logger LOG = Logger.getLogger(LaneWalk.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final DefaultConsumer consumer;
    private final Spool spool;
    private final int lane;
    private final SpoolComponent.Intake intake;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Thread thread;
    private volatile boolean stopped;

    LaneWalk(DefaultConsumer consumer, Spool spool, int lane, SpoolComponent.Intake intake) {
        this.consumer = consumer;
        this.spool = spool;
        this.lane = lane;
        this.intake = intake;
        this.thread = new Thread(this, "lane-" + lane);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    /** Waits for the batch on its way, until {@code deadline} (of {@link System#nanoTime}). */
    void join(long deadline) throws InterruptedException {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                Optional<Batch> batch = spool.take(lane, intake.batchSize(), intake.linger(), PATIENCE);
                if (batch.isPresent()) {
                    walk(batch.get());
                }
            } catch (InterruptedException e) {
                stopped = true;
            } catch (Exception e) {
                LOG.errorf(e, "lane %d: spool not usable, trying again", lane);
                rest(e, 0);
            }
        }
    }

    private void walk(Batch batch) throws Exception {
        Exchange exchange = consumer.createExchange(false);
        boolean wasResting = spool.pauses(lane) > 0;
        try {
            exchange.setProperty(Batch.PROPERTY, batch);
            exchange.getMessage().setBody(batch);
            consumer.getProcessor().process(exchange);
            batch.commit();
            if (batch.unsettled() > 0) {
                rest(exchange.getException(), batch.unsettled());
            } else if (wasResting) {
                LOG.infof("%s lane %d: resumed", consumer.getEndpoint(), lane);
            }
        } finally {
            spool.release(lane);
            consumer.releaseExchange(exchange, false);
        }
    }

    /** Says so once, not at every try. */
    private void rest(Exception cause, int events) {
        Duration rest = intake.backoff().after(spool.pauses(lane), random);
        if (spool.pauses(lane) == 0) {
            LOG.warnf(
                    "%s lane %d: %d events wait, %s",
                    consumer.getEndpoint(), lane, events, cause == null ? "no route settled them" : cause.getMessage());
        }
        spool.pause(lane, rest, events).exceptionally(failure -> {
            LOG.warnf("lane %d: rests in memory alone, %s", lane, failure.getMessage());
            return null;
        });
    }
}
