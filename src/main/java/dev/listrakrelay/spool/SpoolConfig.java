package dev.listrakrelay.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;

/** Where and how events are kept between the door and their destination. */
@ConfigMapping(prefix = "spool")
public interface SpoolConfig {

    /** What keeps the events. */
    @WithDefault("sqlite")
    Engine engine();

    /** The folder of the embedded engine; made with mode 0700 where there is none. */
    @WithDefault("data")
    Path dir();

    /** How many lanes deliver side by side, each with one request in flight: 1 to 256. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int lanes();

    /** The most that a spool may hold; at it intake answers 503, and nothing is evicted. */
    @WithDefault("10G")
    MemorySize maxBytes();

    /** What has to stay free on its disk; below it intake answers 503. */
    @WithDefault("100M")
    MemorySize minFree();

    /** How old an event may get before it is a dead letter; only one whose delivery failed is looked at. */
    @WithDefault("72h")
    Duration maxAge();

    /** How long a dead letter is kept. */
    @WithDefault("30d")
    Duration deadLetterRetention();

    /** How many replayed events may wait for delivery at a time, 1 to 100,000; the other dead letters wait their turn. */
    @WithDefault("500")
    @Min(1)
    @Max(100_000)
    int replayAtOnce();

    /** How many replayed events may follow a hundred live ones, 1 to 1,000; no limit while no live ones come. */
    @WithDefault("25")
    @Min(1)
    @Max(1_000)
    int replayPercent();

    /** How long is known what became of a settled event; 0 keeps no history. */
    @WithDefault("24h")
    Duration history();

    /** Of about how many events that is known, 0 to 100,000,000. */
    @WithDefault("200000")
    @Min(0)
    @Max(100_000_000)
    int historyEvents();

    /** The engines there are. */
    enum Engine {
        /** A file on this machine, of one process. */
        SQLITE,
        /** Topics of a cluster, of any number of processes. */
        KAFKA
    }
}
