package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Opens Kafka spools whose topics share a prefix. */
final class KafkaFixture {

    static final Duration BOUND = Duration.ofSeconds(60);

    private final KafkaBroker broker;
    private final Map<String, String> settings;
    private Optional<DeliveryLogOptions> log = Optional.empty();

    KafkaFixture(KafkaBroker broker, String prefix) {
        this(
                broker,
                Map.of(
                        "spool.kafka.brokers",
                        broker.url(),
                        "spool.kafka.prefix",
                        prefix + ".",
                        "spool.kafka.group",
                        prefix,
                        "spool.kafka.replication-factor",
                        "1",
                        "spool.kafka.min-insync-replicas",
                        "1"));
    }

    private KafkaFixture(KafkaBroker broker, Map<String, String> settings) {
        this.broker = broker;
        this.settings = settings;
    }

    /** A copy with one changed setting. */
    KafkaFixture with(String key, String value) {
        Map<String, String> others = new HashMap<>(settings);
        others.put(key, value);
        return new KafkaFixture(broker, others);
    }

    /** Switches the delivery log on, with contacts as they are. */
    KafkaFixture logging(String topic) {
        log = Optional.of(new DeliveryLogOptions(LoggedContact.PLAIN, 1_000, topic));
        return this;
    }

    KafkaSpoolConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(KafkaSpoolConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(KafkaSpoolConfig.class);
    }

    /** Opens the spool as one of several processes that share it. */
    KafkaSpool join(int lanes, Clock clock) {
        return new KafkaCluster(config(), lanes, clock)
                .open(
                        "events",
                        new SpoolLimits(Duration.ofDays(30), Duration.ofHours(24), 200_000)
                                .withIdentities(Duration.ofDays(365))
                                .withLog(log));
    }

    /** Opens the spool as its only process, with all lanes. */
    KafkaSpool open(int lanes, Clock clock) {
        KafkaSpool spool = join(lanes, clock);
        await("all lanes are given to the only process")
                .pollInterval(Duration.ofMillis(10))
                .atMost(BOUND)
                .until(() -> spool.assignedLanes().size() == lanes);
        return spool;
    }

    /** Appends this many events, each with its own contact. Returns how many are new. */
    static int append(Spool spool, int from, int count, Clock clock) {
        return spool.append(IntStream.range(from, from + count)
                        .mapToObj(i -> new Event(
                                0,
                                "m-" + i,
                                "rest",
                                "page",
                                "",
                                "contact-" + i,
                                clock.instant(),
                                "{}".getBytes(StandardCharsets.UTF_8)))
                        .toList())
                .toCompletableFuture()
                .join();
    }
}
