package dev.listrakrelay.spool.camel;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.DeliveryLog.UnsentRecord;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

/**
 * Sends the records of the delivery log through a route, a batch of one spool at a time: the body is the records, one
 * line each, and the exchange property {@code spool} names the spool. When the route is done, the spool removes them. If
 * the route fails, the spool keeps them, and the consumer reads them again after a back-off.
 */
class DeliveryLogConsumer extends DefaultConsumer implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeliveryLogConsumer.class);
    private static final String SPOOL = "spool";
    private static final String FAILED = "failed";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Supplier<Map<String, Spool>> spools;
    private final int batchSize;
    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private CountDownLatch stop = new CountDownLatch(1);

    /** Null if the route was never started. */
    private Thread thread;

    private int failures;

    /** @param spools returns the open spools, by name */
    DeliveryLogConsumer(
            Endpoint endpoint,
            Processor processor,
            Supplier<Map<String, Spool>> spools,
            int batchSize,
            Backoff backoff) {
        super(endpoint, processor);
        this.spools = spools;
        this.batchSize = batchSize;
        this.backoff = backoff;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stop = new CountDownLatch(1);
        thread = new Thread(this, "delivery-log");
        thread.start();
    }

    /** Sends no more records, and waits at most 20 s for the current ones. */
    @Override
    protected void doStop() throws Exception {
        stop.countDown();
        if (thread != null) {
            thread.join(LONGEST_STOP.toMillis());
        }
        super.doStop();
    }

    @Override
    public void run() {
        try {
            boolean isStopped = false;
            while (!isStopped) {
                isStopped = stop.await(sendSome().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends the next records of each spool. Returns how long to wait then. */
    private Duration sendSome() {
        Duration wait = LOOK_EVERY;
        boolean hasFailed = false;
        for (Map.Entry<String, Spool> spool : spools.get().entrySet()) {
            try {
                if (sendNext(spool.getKey(), spool.getValue().deliveryLog())) {
                    wait = Duration.ZERO;
                }
            } catch (Exception e) {
                hasFailed = true;
                if (lines.isDue(FAILED)) {
                    LOG.warnf(
                            "%s: the delivery log can't be sent, its records wait in the spool, %s",
                            spool.getKey(), e.getMessage());
                }
            }
        }
        if (hasFailed) {
            return backoff.after(failures++, random);
        }
        failures = 0;
        if (lines.end(FAILED)) {
            LOG.info("the delivery log is sent again");
        }
        return wait;
    }

    /** Returns whether more records may wait. */
    private boolean sendNext(String spool, DeliveryLog log) throws Exception {
        List<UnsentRecord> records = log.next(batchSize);
        if (records.isEmpty()) {
            return false;
        }
        route(spool, records);
        SpoolUnavailable.await(log.remove(records));
        return records.size() == batchSize;
    }

    private void route(String spool, List<UnsentRecord> records) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(SPOOL, spool);
            exchange.getMessage()
                    .setBody(records.stream()
                            .map(record -> record.json() + "\n")
                            .collect(Collectors.joining())
                            .getBytes(StandardCharsets.UTF_8));
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
