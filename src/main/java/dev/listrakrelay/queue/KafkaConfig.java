package dev.listrakrelay.queue;

import dev.listrakrelay.kafka.KafkaAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** Which topics of which Kafka cluster hold events, and how to get in. */
@ConfigMapping(prefix = "source.kafka")
public interface KafkaConfig extends KafkaAccess {

    /** Whether the Kafka source takes events. */
    @WithDefault("false")
    boolean enabled();

    /** Where the cluster is, each a host:port. Needed. */
    Optional<List<String>> brokers();

    /** The topics to take events from. Needed. */
    Optional<List<String>> topics();

    /** The consumer group: relays of one group share the partitions. */
    @WithDefault("listrak-relay")
    String group();

    /** How many consumers take side by side, 1 to 64; more than there are partitions are idle. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int consumers();
}
