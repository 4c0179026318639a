package dev.listrakrelay.start;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolStore;
import dev.listrakrelay.spool.kafka.KafkaCluster;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Provides the engine that {@code spool.engine} names. */
class SpoolEngine {

    @Produces
    @Singleton
    SpoolStore store(SpoolConfig config, KafkaSpoolConfig kafka, Clock clock) {
        return switch (config.engine()) {
            case SQLITE -> new SpoolFolder(config.dir(), config.lanes(), clock);
            case KAFKA -> new KafkaCluster(kafka, config.lanes(), clock);
        };
    }
}
