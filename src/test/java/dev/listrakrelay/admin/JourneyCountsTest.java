package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A webhook follows the latest event of its contact that was delivered before. */
class JourneyCountsTest {

    private static final Instant NOON = Instant.parse("2026-06-06T12:00:00Z");
    private static final String ADA = "ada@example.com";

    private static DeliveredEvent delivered(long seq, String name, long secondsBeforeNoon) {
        return new DeliveredEvent("events", seq, ADA, name, NOON.minusSeconds(secondsBeforeNoon));
    }

    private static Optional<Long> before(Set<String> names, DeliveredEvent... events) {
        return DeliveredEvent.before(NOON, List.of(events), names).map(DeliveredEvent::seq);
    }

    @Test
    void theLatestEventBeforeTheWebhookIsFollowed() {
        assertEquals(
                Optional.of(2L), before(Set.of(), delivered(1, "a", 60), delivered(2, "b", 20), delivered(3, "c", -1)));
        assertEquals(Optional.of(1L), before(Set.of("a"), delivered(1, "a", 60), delivered(2, "b", 20)));
        assertEquals(Optional.of(1L), before(Set.of(), delivered(1, "at the same time", 0)));
    }

    @Test
    void anEventThatIsADayOldOrHasAnotherNameOrCameLaterIsNotFollowed() {
        assertEquals(Optional.of(1L), before(Set.of(), delivered(1, "a", 86_400)));
        assertEquals(Optional.empty(), before(Set.of(), delivered(1, "a", 86_401)));
        assertEquals(Optional.empty(), before(Set.of("b"), delivered(1, "a", 60)));
        assertEquals(Optional.empty(), before(Set.of(), delivered(1, "a", -1)));
        assertEquals(Optional.empty(), before(Set.of()));
    }

    @Test
    void theCountsHaveTheMedianOfAllAndOfEachEventName() {
        // given
        JourneyCounts counts = new JourneyCounts("welcome", Set.of());
        for (long seconds : new long[] {10, 30, 1_000, 90_000}) {
            counts.add(webhook(ADA, NOON.plusSeconds(seconds)));
        }
        counts.add(webhook("ben@example.com", NOON));

        // when
        String json = counts.json(
                        Map.of(ADA, List.of(delivered(1, "Signed Up", 0), delivered(2, "Order Completed", -900))))
                .toString();

        // then
        assertEquals(
                "{\"name\":\"welcome\",\"webhooks\":5,\"events\":["
                        + "{\"name\":\"Order Completed\",\"following\":1,\"medianMillis\":100000},"
                        + "{\"name\":\"Signed Up\",\"following\":2,\"medianMillis\":30000}],"
                        + "\"following\":3,\"medianMillis\":30000}",
                json);
    }

    private static Event webhook(String contact, Instant at) {
        return new Event(0, "id", "webhook-welcome", "application/json", "welcome", contact, at, new byte[0]);
    }
}
