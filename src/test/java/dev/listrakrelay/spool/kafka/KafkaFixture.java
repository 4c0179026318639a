package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.Retention;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;

/** Opens spools in topics of a broker, all with names that begin alike. */
final class KafkaFixture {

    static final Duration BOUND = Duration.ofSeconds(60);

    private final KafkaSpoolConfig config;

    KafkaFixture(KafkaBroker broker, String prefix) {
        config = new SmallRyeConfigBuilder()
                .withMapping(KafkaSpoolConfig.class)
                .withDefaultValue("spool.kafka.brokers", broker.url())
                .withDefaultValue("spool.kafka.prefix", prefix + ".")
                .withDefaultValue("spool.kafka.group", prefix)
                .withDefaultValue("spool.kafka.replication-factor", "1")
                .withDefaultValue("spool.kafka.min-insync-replicas", "1")
                .build()
                .getConfigMapping(KafkaSpoolConfig.class);
    }

    /** One of the processes that share the spool. */
    KafkaSpool join(int lanes, Clock clock) {
        return new KafkaCluster(config, lanes, clock)
                .open(
                        "events",
                        new Retention(Duration.ofDays(30), Duration.ofHours(24), 200_000)
                                .withIdentities(Duration.ofDays(365)));
    }

    /** The only one of them, with all lanes. */
    KafkaSpool open(int lanes, Clock clock) {
        KafkaSpool spool = join(lanes, clock);
        try {
            assertTrue(spool.awaitAllLanes(BOUND), "all lanes are given to the only process");
            return spool;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
