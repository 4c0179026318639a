package dev.listrakrelay.spool;

import dev.listrakrelay.kafka.KafkaAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/**
 * Configures the Kafka cluster that stores the events, if {@code spool.engine} is {@code kafka} ({@code
 * spool.kafka.*}).
 */
@ConfigMapping(prefix = "spool.kafka")
public interface KafkaSpoolConfig extends KafkaAccess {

    /** The brokers, each as host:port. */
    @WithDefault("localhost:9092")
    List<String> brokers();

    /** The prefix of the topics' names. */
    @WithDefault("listrak-relay.")
    String prefix();

    /** The consumer group. Relays of one group share the lanes. */
    @WithDefault("listrak-relay")
    String group();

    /** The number of brokers that store each record, 1 to 9. It is used when the relay creates topics. */
    @WithDefault("3")
    @Min(1)
    @Max(9)
    int replicationFactor();

    /**
     * The number of brokers that must have a record before it counts as stored, 1 to 9. Existing topics may require
     * more.
     */
    @WithDefault("2")
    @Min(1)
    @Max(9)
    int minInsyncReplicas();

    /** The number of events per lane, with settled ones, whose ids are remembered for 24 h: 1,000 to 1,000,000. */
    @WithDefault("50000")
    @Min(1_000)
    @Max(1_000_000)
    int rememberedIds();

    /** What to do if a topic holds events and the group has no committed offset, as after a week without a relay. */
    @WithDefault("stop")
    WithoutOffsets withoutOffsets();

    /** What to do with events without a committed offset. */
    enum WithoutOffsets {
        /** Refuse the start. */
        STOP,
        /** Deliver all events of the topic, also those that were delivered before. */
        EARLIEST
    }
}
