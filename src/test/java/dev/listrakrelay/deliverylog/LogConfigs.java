package dev.listrakrelay.deliverylog;

import dev.listrakrelay.spool.DeliveryLogConfig;
import dev.listrakrelay.spool.DeliveryLogKafkaConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Makes configurations of the delivery log. */
final class LogConfigs {

    private LogConfigs() {}

    static DeliveryLogConfig of(String key, String value) {
        return config(key, value).getConfigMapping(DeliveryLogConfig.class);
    }

    static DeliveryLogConfig of(Map<String, String> settings) {
        return config(settings).getConfigMapping(DeliveryLogConfig.class);
    }

    static DeliveryLogKafkaConfig kafka(String brokers) {
        return config("delivery-log.kafka.brokers", brokers).getConfigMapping(DeliveryLogKafkaConfig.class);
    }

    private static SmallRyeConfig config(String key, String value) {
        return config(Map.of(key, value));
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(DeliveryLogConfig.class)
                .withMapping(DeliveryLogKafkaConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
    }
}
