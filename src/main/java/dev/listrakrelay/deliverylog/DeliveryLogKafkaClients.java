package dev.listrakrelay.deliverylog;

import dev.listrakrelay.kafka.AccessSettings;
import dev.listrakrelay.spool.DeliveryLogKafkaConfig;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.producer.Producer;

/** Creates the producer of the delivery log with the settings of {@code delivery-log.kafka.*}. */
@Singleton
@Named("deliveryLogKafka")
public class DeliveryLogKafkaClients extends DefaultKafkaClientFactory {

    private final DeliveryLogKafkaConfig config;

    DeliveryLogKafkaClients(DeliveryLogKafkaConfig config) {
        this.config = config;
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return String.join(",", config.brokers().orElse(List.of()));
    }

    /** A failed batch is tried again, so the producer gives up soon. Then a stop doesn't wait for it. */
    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties properties) {
        properties.put("max.block.ms", 5_000);
        properties.put("request.timeout.ms", 5_000);
        properties.put("delivery.timeout.ms", 10_000);
        properties.put("reconnect.backoff.max.ms", 5_000);
        properties.putAll(AccessSettings.of(config));
        return super.getProducer(properties);
    }
}
