package dev.listrakrelay.spool;

import dev.listrakrelay.kafka.KafkaAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which Kafka cluster keeps the events, and how, where {@code spool.engine} is {@code kafka}. */
@ConfigMapping(prefix = "spool.kafka")
public interface KafkaSpoolConfig extends KafkaAccess {

    /** Where the cluster is, each a host:port. */
    @WithDefault("localhost:9092")
    List<String> brokers();

    /** What the names of its topics begin with. */
    @WithDefault("listrak-relay.")
    String prefix();

    /** The consumer group: relays of one group share the lanes. */
    @WithDefault("listrak-relay")
    String group();

    /** On how many brokers each record is kept, 1 to 9; for topics that are made. */
    @WithDefault("3")
    @Min(1)
    @Max(9)
    int replicationFactor();

    /** On how many of them a record has to be before it counts as stored, 1 to 9; at least so many in topics that are there. */
    @WithDefault("2")
    @Min(1)
    @Max(9)
    int minInsyncReplicas();

    /** Of how many events of a lane, settled ones included, the ids are known for 24 h, 1,000 to 1,000,000. */
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
        /** Deliver all that the topic holds, also what was delivered before. */
        EARLIEST
    }
}
