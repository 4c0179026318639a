package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolStore;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Keeps each spool in topics of a Kafka cluster, which any number of processes share. */
public final class KafkaCluster implements SpoolStore {

    private final KafkaSpoolConfig config;
    private final int lanes;
    private final Clock clock;

    public KafkaCluster(KafkaSpoolConfig config, int lanes, Clock clock) {
        this.config = config;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** Opens a spool. The group assigns lanes to this process a moment later. Until then, it delivers no events. */
    @Override
    public KafkaSpool open(String name, SpoolLimits limits) {
        return new KafkaSpool(new SpoolTopics(config.prefix(), name, lanes), config, limits, clock);
    }

    @Override
    public Set<String> made() {
        try (Admin admin = new SpoolKafkaClients(config).admin()) {
            return SpoolKafkaClients.answer(admin.listTopics().names(), "spool.kafka.brokers: topics can't be listed")
                    .stream()
                    .filter(topic -> SpoolTopics.isDead(config.prefix(), topic))
                    .map(topic -> SpoolTopics.spoolOf(config.prefix(), topic))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {}
}
