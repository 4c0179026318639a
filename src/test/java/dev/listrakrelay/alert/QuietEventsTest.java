package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.ingest.EventArrivals;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An event that must arrive regularly is told if it stays away, from the start or from its last arrival. */
class QuietEventsTest {

    private static final Duration LONGEST = Duration.ofHours(6);

    private final TestClock clock = new TestClock();
    private EventArrivals arrivals = new EventArrivals(clock);
    private QuietEvents quiet = quietEvents();

    @Test
    void anEventThatNeverArrivesIsQuietAfterTheTime() {
        // when
        clock.advance(LONGEST);
        List<String> before = subjects();
        clock.advance(Duration.ofSeconds(1));

        // then
        assertThat(before, empty());
        assertThat(subjects(), contains("Order Completed", "identify"));
    }

    @Test
    void anEventThatArrivesIsNotQuietForTheTime() {
        // given
        MeterRegistry meters = new SimpleMeterRegistry();
        quiet.watch(null, meters);
        clock.advance(LONGEST.plusHours(1));
        double before = gauge(meters);

        // when
        arrivals.note(List.of(event("track", "Order Completed"), event("identify", ""), event("track", "Other")));
        clock.advance(LONGEST);

        // then
        assertThat(before, is(1.0));
        assertThat(subjects(), empty());
        assertThat(gauge(meters), is(0.0));
    }

    @Test
    void aRestartRemembersTheLastArrival() {
        // given
        clock.advance(LONGEST.minusHours(1));
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        quiet.save(saved);

        // when
        arrivals = new EventArrivals(clock);
        quiet = quietEvents();
        quiet.restore(saved);
        clock.advance(Duration.ofHours(2));

        // then
        assertThat(subjects(), contains("Order Completed", "identify"));
    }

    @Test
    void whatIsSavedChangesOnceAMinuteAtMost() {
        // given
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        quiet.save(saved);
        ObjectNode first = saved.deepCopy();

        // when
        clock.advance(Duration.ofSeconds(59));
        arrivals.note(List.of(event("track", "Order Completed")));
        quiet.save(saved);

        // then
        assertThat(saved, is(first));
    }

    private QuietEvents quietEvents() {
        return new QuietEvents(
                () -> Map.of("orders", expected("Order Completed"), "sign-ups", expected("identify")), arrivals, clock);
    }

    private static QuietConfig.Expected expected(String event) {
        return new QuietConfig.Expected() {
            @Override
            public String event() {
                return event;
            }

            @Override
            public Duration longest() {
                return LONGEST;
            }
        };
    }

    private static double gauge(MeterRegistry meters) {
        return meters.get("listrak.relay.event.quiet")
                .tag("event", "Order Completed")
                .gauge()
                .value();
    }

    private Event event(String type, String name) {
        return new Event(0, "id", "rest", type, name, "contact", clock.instant(), new byte[0]);
    }

    private List<String> subjects() {
        return quiet.problems().map(Problem::subject).toList();
    }
}
