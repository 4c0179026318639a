package dev.listrakrelay.spool;

import dev.listrakrelay.kafka.KafkaAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * Configures the topic of the delivery log and its cluster ({@code delivery-log.kafka.*}). If {@code spool.engine} is
 * {@code kafka}, the topic is in the spool's cluster, and only {@link #topic} counts.
 */
@ConfigMapping(prefix = "delivery-log.kafka")
public interface DeliveryLogKafkaConfig extends KafkaAccess {

    /** The brokers, each as host:port. Required if {@code delivery-log.to} is {@code kafka} and the spool is a file. */
    Optional<List<String>> brokers();

    /** The topic. */
    @WithDefault("listrak-relay.delivery-log")
    String topic();
}
