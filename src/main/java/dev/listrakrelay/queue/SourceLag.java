package dev.listrakrelay.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Shows how many records the Kafka source has still to read, in the gauge {@code listrak.relay.source.lag}. The consumers
 * know that from their last fetch of each partition, so it costs no request.
 */
@Singleton
public class SourceLag {

    private static final String OF_A_PARTITION = "records-lag";

    private final MeterRegistry meters;
    private final Set<SourceConsumer> consumers = ConcurrentHashMap.newKeySet();

    SourceLag(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Adds a consumer until it is closed. */
    SourceConsumer watched(SourceConsumer consumer) {
        consumers.add(consumer);
        Gauge.builder("listrak.relay.source.lag", this, SourceLag::records)
                .baseUnit("records")
                .tag("source", "kafka")
                .register(meters);
        return consumer;
    }

    private double records() {
        consumers.removeIf(SourceConsumer::isClosed);
        return consumers.stream()
                .mapToDouble(consumer -> records(consumer.metrics()))
                .sum();
    }

    /** Adds up the lag of all partitions. */
    static double records(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(OF_A_PARTITION))
                .map(metric -> metric.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .filter(Double::isFinite)
                .sum();
    }
}
