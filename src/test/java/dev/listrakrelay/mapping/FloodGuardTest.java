package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code delivery.max-contact-events-per-hour}: which events of a contact are too many. */
class FloodGuardTest {

    private final TestClock clock = new TestClock();
    private final FloodGuard guard = new FloodGuard(Optional.of(3L), clock);

    @Test
    void theEventsBeyondTheLimitAreAFloodUntilTheHourIsOver() {
        assertEquals("...!!", floods("bot@example.com", 1, 5));

        // when
        clock.advance(Duration.ofHours(1));

        // then
        assertEquals("...!", floods("bot@example.com", 6, 4));
    }

    @Test
    void eachContactAndEachAccountCountsForItself() {
        // given
        floods("bot@example.com", 1, 5);

        // when // then
        assertEquals("...!", floods("kim@example.com", 6, 4));
        assertFalse(guard.isFlood("eu", event("bot@example.com", 10)));
    }

    @Test
    void anEventThatIsTriedAgainDoesNotCountAgain() {
        // given
        floods("kim@example.com", 1, 3);

        // when
        String again = floods("kim@example.com", 1, 3) + floods("kim@example.com", 1, 3);

        // then
        assertEquals("......", again);
        assertTrue(guard.isFlood("listrak", event("kim@example.com", 4)));
    }

    @Test
    void aContactThatFloodsIsRememberedHoweverManyOthersThereAre() {
        // given a contact that sends an event after each 10,000 events of others
        StringBuilder flood = new StringBuilder();

        // when
        for (int round = 0; round < 5; round++) {
            flood.append(floods("bot@example.com", round, 1));
            for (int i = 0; i < 10_000; i++) {
                guard.isFlood("listrak", event(round + "-" + i + "@example.com", i));
            }
        }

        // then
        assertEquals("...!!", flood.toString());
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() {
        // given
        floods("kim@example.com", 1, 5);

        // when
        clock.advance(Duration.ofHours(-5));

        // then
        assertFalse(guard.isFlood("listrak", event("kim@example.com", 6)));
    }

    @Test
    void withoutALimitNothingIsAFlood() {
        // given
        FloodGuard none = new FloodGuard(Optional.empty(), clock);

        // when // then
        IntStream.range(0, 10_000).forEach(seq -> assertFalse(none.isFlood("listrak", event("bot@example.com", seq))));
    }

    /** Which of a contact's next events are a flood: {@code !} for each that is, a dot for each that is not. */
    private String floods(String contact, int firstSeq, int events) {
        StringBuilder floods = new StringBuilder();
        for (int seq = firstSeq; seq < firstSeq + events; seq++) {
            floods.append(guard.isFlood("listrak", event(contact, seq)) ? '!' : '.');
        }
        return floods.toString();
    }

    private static Event event(String contact, long seq) {
        return new Event(
                seq, "m" + seq, "test", "track", "Order Completed", contact, new TestClock().instant(), new byte[] {
                    '{', '}'
                });
    }
}
