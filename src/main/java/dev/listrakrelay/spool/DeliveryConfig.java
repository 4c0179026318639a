package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How batches leave the spool, and how often they are tried; the routes read these keys. */
@ConfigMapping(prefix = "delivery")
public interface DeliveryConfig {

    /** The most events of one lane in a batch. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int batchSize();

    /** How long a batch that isn't full waits for more. */
    @WithDefault("20ms")
    Duration linger();

    /** Tries at once after a first failure. */
    @WithDefault("2")
    @Min(0)
    @Max(10)
    int redeliveries();

    /** The wait before the first of those tries, in milliseconds, doubling; Camel takes no other unit here. */
    @WithDefault("500")
    @Min(0)
    @Max(5_000)
    int redeliveryDelayMillis();

    /** The ceiling of a lane's first rest after those tries; a random time below it is taken. */
    @WithDefault("1s")
    Duration backoff();

    /** Where the ceiling of a lane's rests stops doubling. */
    @WithDefault("5m")
    Duration maximumBackoff();
}
