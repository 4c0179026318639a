package dev.listrakrelay.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** The lag is the sum over all partitions. {@code MetricsIT} reads it from a real consumer. */
class SourceLagTest {

    private final Map<MetricName, Metric> metrics = new HashMap<>();

    @Test
    void theLagIsTheSumOverThePartitionsThatWereRead() {
        // given
        add("records-lag", "0", 40.0);
        add("records-lag", "1", 2.0);
        add("records-lag", "2", Double.NaN);
        add("records-lag-max", "0", 1_000.0);
        add("version", "0", "4.1.2");

        // when
        double lag = SourceLag.records(metrics);

        // then
        assertThat(lag, is(42.0));
    }

    private void add(String name, String partition, Object value) {
        MetricName key = new MetricName(
                name, "consumer-fetch-manager-metrics", "", Map.of("topic", "a", "partition", partition));
        metrics.put(key, new Metric() {
            @Override
            public MetricName metricName() {
                return key;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
