package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.delivery.RequestCounts;
import dev.listrakrelay.spool.Delays;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TestClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Each minute of a plot shows what was counted in this minute; counts from before the start are left out. A minute
 * without a measurement is null.
 */
class PlotRingTest {

    private final TestClock clock = new TestClock();
    private final PlotRing ring = new PlotRing();
    private final PlotFeed feed = new PlotFeed(new RequestCounts(), new Delays(clock));
    private final Map<Spool.Outcome, Long> events = new HashMap<>();
    private final Map<Spool.Outcome, Long> account = new HashMap<>();

    @Test
    void aMinuteShowsWhatWasCountedInIt() {
        // given
        count("accepted", "", 1_000);
        look();
        count("accepted", "", 7);
        look();
        clock.advance(Duration.ofMinutes(1));
        count("accepted", "", 5);
        count("dropped", "no_rule", 2);
        count("dropped", "no_consent", 1);
        look();

        // when
        JsonNode plots = ring.json(clock.instant(), 3);

        // then
        assertEquals("[null,7,5]", plots.path("accepted").toString());
        assertEquals("[null,0,3]", plots.path("dropped").toString());
        assertEquals("[null,3,3]", plots.path("pending").toString());
        assertEquals("[null,null,null]", plots.path("delayP50").toString());
        assertEquals("2025-11-21T09:59:00Z", plots.path("from").textValue());
    }

    @Test
    void aReplayTakesNoDeadLetterBackAndAForwardedEventIsAcceptedOnce() {
        // given
        look();
        count("dead", "rejected", 3);
        count("accepted", "", 4);
        account.merge(new Spool.Outcome("accepted", ""), 4L, Long::sum);
        look();
        count("dead", "rejected", -3);
        count("replayed", "rejected", 3);
        look();

        // when
        JsonNode plots = ring.json(clock.instant(), 1);

        // then
        assertEquals("[3]", plots.path("dead").toString());
        assertEquals("[4]", plots.path("accepted").toString());
    }

    @Test
    void aMinuteOfYesterdayIsNotShownAsToday() {
        // given
        look();
        count("accepted", "", 7);
        look();
        clock.advance(Duration.ofDays(1));

        // when
        JsonNode plots = ring.json(clock.instant(), PlotRing.MINUTES);

        // then
        assertEquals(PlotRing.MINUTES, plots.path("accepted").size());
        plots.path("accepted").forEach(minute -> assertEquals("null", minute.toString()));
    }

    private void count(String outcome, String reason, long more) {
        events.merge(new Spool.Outcome(outcome, reason), more, Long::sum);
    }

    private void look() {
        feed.feed(Map.of("events", spool(events), "listrak-eu", spool(account)), ring.at(clock.instant()));
    }

    private static Spool spool(Map<Spool.Outcome, Long> counted) {
        Class<?>[] type = {Spool.class};
        return (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(),
                type,
                (proxy, method, arguments) -> method.getName().equals("counted")
                        ? Map.copyOf(counted)
                        : (Object) (counted.isEmpty() ? 0L : 3L));
    }
}
