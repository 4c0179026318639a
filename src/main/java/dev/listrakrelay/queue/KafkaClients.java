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

    /** What one fetch may bring: a batch waits in memory while the next one is fetched. */
    private static final int MOST_FETCHED_BYTES = 8 * 1024 * 1024;

    /** How long after a try that failed the next one waits. */
    private static final int MOST_MILLIS_BETWEEN_TRIES = 5_000;

    /** How old it may be what is known of topics and partitions; less than {@link SourceRefusal#OVER}. */
    private static final int MOST_MILLIS_OF_METADATA = 20_000;

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
        settings.put("fetch.max.bytes", MOST_FETCHED_BYTES);
        // where the cluster is away or refuses us; a second otherwise
        settings.put("reconnect.backoff.max.ms", MOST_MILLIS_BETWEEN_TRIES);
        // a topic that it may not read is not asked for again before
        settings.put("metadata.max.age.ms", MOST_MILLIS_OF_METADATA);
        // a name that is misspelt is no new topic
        settings.put("allow.auto.create.topics", false);
        // records of an aborted transaction are not events
        settings.put("isolation.level", "read_committed");
        settings.putAll(AccessSettings.of(config));
        return settings;
    }
}
