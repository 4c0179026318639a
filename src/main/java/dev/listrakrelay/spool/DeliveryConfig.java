package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/**
 * Configures how batches leave the spool, and how often they are tried ({@code delivery.*}). The routes read these
 * keys.
 */
@ConfigMapping(prefix = "delivery")
public interface DeliveryConfig {

    /** The most events in a batch. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int batchSize();

    /** How long after the lane's last batch a batch that isn't full waits for more events. */
    @WithDefault("50ms")
    Duration linger();

    /** The most events of one contact that are sent in an hour; the others are dropped as {@code flood}. Empty: any number. */
    @Min(1)
    @Max(1_000_000)
    Optional<Long> maxContactEventsPerHour();

    /** The number of redeliveries after a first failure. */
    @WithDefault("2")
    @Min(0)
    @Max(10)
    int redeliveries();

    /**
     * The wait before the first redelivery, in milliseconds, because Camel has no other unit here. It doubles each
     * time.
     */
    @WithDefault("500")
    @Min(0)
    @Max(5_000)
    int redeliveryDelayMillis();

    /** The upper limit of a lane's first pause after the redeliveries. The pause is a random time below it. */
    @WithDefault("1s")
    Duration backoff();

    /** The upper limit of a lane's longest pause: the limit doubles with each pause, up to this. */
    @WithDefault("5m")
    Duration maximumBackoff();
}
