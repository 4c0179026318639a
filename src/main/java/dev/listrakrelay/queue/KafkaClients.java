package dev.listrakrelay.queue;

import dev.listrakrelay.kafka.AccessSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates the consumers of the Kafka source with the settings of {@code source.kafka.*}, so no route contains a password. */
@Singleton
@Named("kafkaSource")
public class KafkaClients extends DefaultKafkaClientFactory {

    /** The limit of one fetch. One more batch can wait in memory at the same time. */
    private static final int MAX_FETCHED_BYTES = 8 * 1024 * 1024;

    /** The longest pause between two tries to connect. */
    private static final int MAX_BACKOFF_MILLIS = 5_000;

    /** The maximum age of the client's knowledge of topics and partitions; less than {@link SourceRefusal#END_AFTER}. */
    private static final int MAX_METADATA_MILLIS = 20_000;

    private final KafkaConfig config;
    private final SourceRefusals refusals;
    private final SourceLag lag;

    KafkaClients(KafkaConfig config, SourceRefusals refusals, SourceLag lag) {
        this.config = config;
        this.refusals = refusals;
        this.lag = lag;
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return String.join(",", config.brokers().orElse(List.of()));
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties properties) {
        properties.putAll(settings());
        return lag.watched(new SourceConsumer(properties, refusals.of("kafka")));
    }

    /** Returns the client's settings that are not in the route. */
    Properties settings() {
        Properties settings = new Properties();
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("fetch.max.bytes", MAX_FETCHED_BYTES);
        // the client's default is 1 s, which is too often while the cluster is down or refuses access
        settings.put("reconnect.backoff.max.ms", MAX_BACKOFF_MILLIS);
        // the client asks only then again for a topic that it may not read
        settings.put("metadata.max.age.ms", MAX_METADATA_MILLIS);
        // a misspelt name must not create a topic
        settings.put("allow.auto.create.topics", false);
        // records of an aborted transaction are not events
        settings.put("isolation.level", "read_committed");
        settings.putAll(AccessSettings.of(config));
        return settings;
    }
}
