package dev.listrakrelay.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a parked destination is probed. */
@ConfigMapping(prefix = "delivery.parked")
public interface DestinationConfig {

    /** The time to the first probe; it doubles with each that fails. */
    @WithDefault("60s")
    Duration probeInterval();

    /** Where that time stops doubling. */
    @WithDefault("15m")
    Duration maximumProbeInterval();
}
