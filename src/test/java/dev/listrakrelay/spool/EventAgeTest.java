package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The age of an event is counted from its intake, or from its replay. */
class EventAgeTest {

    private static final Instant RECEIVED = Instant.parse("2026-06-06T12:00:00Z");
    private static final Instant A_DAY_LATER = RECEIVED.plus(Duration.ofDays(1));

    @Test
    void anEventIsAsOldAsItsWait() {
        // given
        Event event = new Event(1, "m-1", "rest", "page", "", "kim", RECEIVED, new byte[0]);

        // when
        boolean isTooOld = event.isPendingLongerThan(Duration.ofHours(23), A_DAY_LATER);
        boolean isJustInTime = !event.isPendingLongerThan(Duration.ofHours(24), A_DAY_LATER);

        // then
        assertTrue(isTooOld);
        assertTrue(isJustInTime);
    }

    @Test
    void aReplayedEventIsAsYoungAsItsReplay() {
        // given
        Event replayed =
                new Event(1, "m-1", "rest", "page", "", "kim", Identity.NONE, RECEIVED, A_DAY_LATER, new byte[0]);

        // when
        boolean isTooOld = replayed.isPendingLongerThan(Duration.ofHours(1), A_DAY_LATER);

        // then
        assertFalse(isTooOld);
    }
}
