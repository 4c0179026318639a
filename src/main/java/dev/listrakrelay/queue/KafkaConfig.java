package dev.listrakrelay.queue;

import dev.listrakrelay.kafka.KafkaAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** The settings of the Kafka source: the cluster, its topics, and the credentials. */
@ConfigMapping(prefix = "source.kafka")
public interface KafkaConfig extends KafkaAccess {

    /** Whether the Kafka source is on. */
    @WithDefault("false")
    boolean enabled();

    /** The brokers, each as host:port. Required. */
    Optional<List<String>> brokers();

    /** The topics to read events from. Required. */
    Optional<List<String>> topics();

    /** The consumer group. Relays of the same group share the partitions. */
    @WithDefault("listrak-relay")
    String group();

    /** The number of parallel consumers, 1 to 64. Consumers beyond the number of partitions stay idle. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int consumers();
}
