package dev.listrakrelay.ingest;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the rate of each write key, if {@code source.rest.max-events-per-second} is set. Messages and metrics name a key by
 * its position in the list of keys, from 1.
 */
@ApplicationScoped
public class KeyRates {

    private static final long SECONDS_OF_A_BURST = 10;

    private final List<KeyRate> rates = new ArrayList<>();

    KeyRates(RestConfig config, MeterRegistry meters) {
        config.maxEventsPerSecond().ifPresent(limit -> {
            long burst = config.burst().orElse(SECONDS_OF_A_BURST * limit);
            int keys = RestConfig.allKeys(config).size();
            for (int number = 1; number <= keys; number++) {
                rates.add(new KeyRate(
                        "write key " + number,
                        limit,
                        burst,
                        requests(number, "accepted", meters),
                        requests(number, "limited", meters),
                        TimeMeter.SYSTEM_NANOTIME));
            }
        });
    }

    private static Counter requests(int number, String result, MeterRegistry meters) {
        return meters.counter("listrak.relay.key.requests", "key", String.valueOf(number), "result", result);
    }

    /** Returns the rate of the key at this index; null if there is no limit. */
    KeyRate of(int key) {
        return rates.isEmpty() ? null : rates.get(key);
    }
}
