package dev.listrakrelay.spool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Publishes how far the delivery log of each spool is sent, if the log is on. */
final class DeliveryLogMeters {

    private static final String PREFIX = "listrak.relay.delivery.log.";
    private static final String SPOOL = "spool";

    private final MeterRegistry meters;
    private final Clock clock;

    DeliveryLogMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void watch(String name, Spool spool) {
        FunctionCounter.builder(PREFIX + "sent", spool, one -> one.deliveryLog().sent())
                .tag(SPOOL, name)
                .register(meters);
        FunctionCounter.builder(PREFIX + "lost", spool, one -> one.deliveryLog().lost())
                .tag(SPOOL, name)
                .register(meters);
        Gauge.builder(PREFIX + "unsent", spool, one -> one.deliveryLog().unsent())
                .tag(SPOOL, name)
                .register(meters);
        TimeGauge.builder(PREFIX + "oldest.unsent.age", spool, TimeUnit.MILLISECONDS, this::age)
                .tag(SPOOL, name)
                .register(meters);
    }

    private double age(Spool spool) {
        return spool.deliveryLog()
                .oldestUnsent()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis())
                .orElse(0L);
    }
}
