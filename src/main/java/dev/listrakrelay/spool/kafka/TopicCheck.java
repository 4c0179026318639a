package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the missing topics of a spool, and rejects topics in which events could be lost. */
final class TopicCheck {

    private static final Duration DAY = Duration.ofDays(1);
    /** How long a topic of the delivery log keeps its records, if the relay creates it. */
    private static final Duration LOG = Duration.ofDays(7);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String PARTITIONS = "spool.lanes";
    private static final String UNCHECKED = "can't be checked";

    private final Admin admin;
    private final KafkaSpoolConfig config;

    TopicCheck(Admin admin, KafkaSpoolConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Creates the missing topics, and checks all.
     *
     * @throws SpoolRefused if a topic can't be used, as <em>where: what, expected, found</em>
     * @throws SpoolUnavailable if the brokers can't be asked
     */
    void prepare(SpoolTopics topics, SpoolLimits retention) {
        refuseOldLedger(topics);
        // Kafka must not delete events by age: the owner of a lane deletes settled ones
        Map<String, String> kept = settings("delete", "-1", 64, Duration.ofHours(6));
        kept.put("retention.bytes", "-1");
        make(topics.events(), topics.lanes(), kept);
        make(topics.dead(), topics.lanes(), keptFor(retention.deadLetters()));
        if (!retention.identities().isZero()) {
            make(topics.identities(), 1, keptFor(retention.identities()));
            check(topics.identities(), 1, false);
        }
        retention.log().ifPresent(log -> {
            make(log.topic(), topics.lanes(), settings("delete", millis(LOG), 64, Duration.ofHours(6)));
            // the operator may choose another number of partitions, and how long records are kept
            check(log.topic(), partitions(log.topic()), false);
        });
        check(topics.events(), topics.lanes(), true);
        check(topics.dead(), topics.lanes(), false);
    }

    private void refuseOldLedger(SpoolTopics topics) {
        if (get(admin.listTopics().names(), topics.events(), "can't be listed").contains(topics.oldLedger())) {
            throw refused(
                    topics.oldLedger(),
                    "spool.kafka.prefix",
                    "none, because the group's offsets say which events are settled",
                    "a topic of a snapshot before the first release; let that snapshot deliver its pending events,"
                            + " then delete the topics of the spool, or set another prefix");
        }
    }

    /**
     * The settings of a topic that keeps the last record of each key for a time. Kafka keeps it a day longer, because
     * the relay decides by its own clock when the time is over.
     */
    private static Map<String, String> keptFor(Duration time) {
        Map<String, String> kept = settings("compact,delete", millis(time.plus(DAY)), 16, Duration.ofHours(1));
        kept.put("max.compaction.lag.ms", millis(DAY));
        return kept;
    }

    /**
     * Kafka deletes records by the segment, and only when a segment is full or old enough. It doesn't compact the
     * segment that it writes. So segments are small and short.
     */
    private static Map<String, String> settings(String policy, String retention, int mib, Duration longest) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", policy);
        settings.put("retention.ms", retention);
        settings.put("segment.bytes", String.valueOf(mib * 1024 * 1024));
        settings.put("segment.ms", millis(longest));
        return settings;
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toMillis());
    }

    private void make(String topic, int partitions, Map<String, String> settings) {
        settings.put("min.insync.replicas", String.valueOf(config.minInsyncReplicas()));
        settings.put("max.message.bytes", String.valueOf(SpoolKafkaClients.LARGEST_RECORD));
        // the clock of a relay may be ahead
        settings.put("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        NewTopic missing = new NewTopic(topic, Optional.of(partitions), Optional.of((short) config.replicationFactor()))
                .configs(settings);
        try {
            get(admin.createTopics(List.of(missing)).all(), topic, "can't be created");
        } catch (SpoolUnavailable e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void check(String topic, int partitions, boolean isKeptForEver) {
        int found = partitions(topic);
        if (found != partitions) {
            throw refused(topic, PARTITIONS, partitions + " partitions", String.valueOf(found));
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config settings = get(admin.describeConfigs(List.of(resource)).all(), topic, UNCHECKED)
                .get(resource);
        int inSync = Integer.parseInt(settings.get("min.insync.replicas").value());
        if (inSync < config.minInsyncReplicas()) {
            throw refused(
                    topic,
                    "spool.kafka.min-insync-replicas",
                    "min.insync.replicas of " + config.minInsyncReplicas() + " or more",
                    String.valueOf(inSync));
        }
        String retention = settings.get("retention.ms").value();
        if (isKeptForEver && !retention.equals("-1")) {
            throw refused(topic, "spool.kafka.prefix", "retention.ms of -1", retention);
        }
    }

    /**
     * Returns the number of partitions. Not every broker may know a new topic yet, so it asks again for some seconds.
     */
    private int partitions(String topic) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return get(admin.describeTopics(List.of(topic)).allTopicNames(), topic, UNCHECKED)
                        .get(topic)
                        .partitions()
                        .size();
            } catch (SpoolUnavailable e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private <T> T get(KafkaFuture<T> answer, String topic, String failed) {
        return SpoolKafkaClients.answer(
                answer,
                "spool.kafka.brokers: " + String.join(",", config.brokers()) + ": topic " + topic + " " + failed);
    }

    private static SpoolRefused refused(String topic, String key, String expected, String found) {
        return new SpoolRefused(key + ": topic " + topic + ", expected " + expected + ", found " + found, null);
    }
}
