package dev.listrakrelay.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Sets how often the relay probes a parked destination. */
@ConfigMapping(prefix = "delivery.parked")
public interface DestinationConfig {

    /** The time until the first probe. It doubles after each failed probe. */
    @WithDefault("60s")
    Duration probeInterval();

    /** The longest time between two probes. */
    @WithDefault("15m")
    Duration maximumProbeInterval();
}
