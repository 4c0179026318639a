package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.SpoolConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes this package's beans with a test clock, for tests of other packages. */
public final class DeliveryBeans {

    private DeliveryBeans() {}

    public static Map<String, Processor> named(SpoolConfig spool, Clock clock) {
        return Map.of(
                "settleDelivered", new SettleDelivered(),
                "parkDestination", new ParkDestination(),
                "makeDeadLetters", new MakeDeadLetters(),
                "recordAttempt", new RecordAttempt(clock),
                "pauseLane", new PauseLane(clock, spool, new SimpleMeterRegistry()));
    }

    public static Destinations destinations(DestinationConfig config, Clock clock) {
        return new Destinations(clock, clock, config, new SimpleMeterRegistry());
    }

    public static RequestDeadline deadlines() {
        return new RequestDeadline();
    }
}
