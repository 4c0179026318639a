package dev.listrakrelay.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** Configures where and how events are stored until they are delivered ({@code spool.*}). */
@ConfigMapping(prefix = "spool")
public interface SpoolConfig {

    /** The engine that stores the events. */
    @WithDefault("sqlite")
    Engine engine();

    /** The folder of the embedded engine. It is created with mode 0700 if there is none. */
    @WithDefault("data")
    Path dir();

    /** The number of lanes, each with one request at a time: 1 to 256. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int lanes();

    /** The upper limit of a spool's size. At the limit, intake answers 503, and nothing is deleted. */
    @WithDefault("10G")
    MemorySize maxBytes();

    /** The minimum of free space on its disk. Below it, intake answers 503. */
    @WithDefault("100M")
    MemorySize minFree();

    /** The age at which an event becomes a dead letter. It is checked only after a failed delivery. */
    @WithDefault("72h")
    Duration maxAge();

    /** How long a dead letter is kept. */
    @WithDefault("30d")
    Duration deadLetterRetention();

    /** The most replayed events that are pending at a time, 1 to 100,000. Other dead letters wait for their turn. */
    @WithDefault("500")
    @Min(1)
    @Max(100_000)
    int replayAtOnce();

    /** The number of replayed events per 100 live ones, 1 to 1,000. There is no limit while no live events arrive. */
    @WithDefault("25")
    @Min(1)
    @Max(1_000)
    int replayPercent();

    /** How long the steps of a settled event are kept; 0 keeps no history. */
    @WithDefault("24h")
    Duration history();

    /** The approximate number of settled events whose steps are kept, 0 to 100,000,000. */
    @WithDefault("200000")
    @Min(0)
    @Max(100_000_000)
    int historyEvents();

    /** The engines. */
    enum Engine {
        /** A file on this machine, for one process. */
        SQLITE,
        /** Topics of a Kafka cluster, for any number of processes. */
        KAFKA
    }
}
