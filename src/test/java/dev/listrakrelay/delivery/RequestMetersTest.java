package dev.listrakrelay.delivery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of a destination: its state, and the duration and status of its requests. */
class RequestMetersTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TestClock clock = new TestClock();
    private final Destination destination =
            new Destinations(clock, clock, probes(), meters).add("crm", Duration.ofHours(72));

    @ParameterizedTest
    @CsvSource({"200, 2xx", "302, 3xx", "429, 4xx", "503, 5xx", "0, none"})
    void aRequestCountsByTheClassOfItsStatus(int status, String statusClass) {
        // when
        destination.requests().ended(status, TimeUnit.MILLISECONDS.toNanos(40), 7);

        // then
        assertThat(
                meters.get("listrak.relay.request.duration")
                        .tags("destination", "crm", "status_class", statusClass)
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS),
                is(40.0));
        assertThat(meters.get("listrak.relay.request.events").summary().totalAmount(), is(7.0));
    }

    @Test
    void aDestinationIsInOneStateAtATime() {
        assertThat(states(), is("open"));

        // when
        destination.askedToWait(Duration.ofSeconds(30));
        String asked = states();
        destination.park("listrak.api-url: status 403");
        String parked = states();
        destination.resume();
        clock.advance(Duration.ofSeconds(31));

        // then
        assertThat(asked, is("waiting"));
        assertThat(parked, is("parked"));
        assertThat(states(), is("open"));
    }

    /** The states whose gauge is 1. */
    private String states() {
        StringBuilder states = new StringBuilder();
        meters.get("listrak.relay.destination.state").gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .forEach(gauge -> states.append(gauge.getId().getTag("state")));
        return states.toString();
    }

    private static DestinationConfig probes() {
        return new DestinationConfig() {
            @Override
            public Duration probeInterval() {
                return Duration.ofSeconds(60);
            }

            @Override
            public Duration maximumProbeInterval() {
                return Duration.ofMinutes(15);
            }
        };
    }
}
