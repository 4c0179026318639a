package dev.listrakrelay.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Shows the state of a destination in gauges {@code listrak.relay.destination.state}: 1 for the present state, 0 for the others. */
enum DestinationState {
    /** Requests may pass. */
    OPEN,
    /** It asked the relay to wait. */
    WAITING,
    /** Only probes pass. */
    PARKED;

    static void watch(Destination destination, MeterRegistry meters) {
        for (DestinationState state : values()) {
            Gauge.builder("listrak.relay.destination.state", destination, now -> of(now) == state ? 1 : 0)
                    .tags(
                            "destination",
                            destination.name(),
                            "state",
                            state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    private static DestinationState of(Destination destination) {
        if (destination.parked().isPresent()) {
            return PARKED;
        }
        return destination.askedToWaitUntil().isPresent() ? WAITING : OPEN;
    }
}
