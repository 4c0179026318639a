package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time from intake to delivery is measured with an error of at most 1/16, from a millisecond to years. */
class DelaysTest {

    private final TestClock clock = new TestClock();
    private final Delays delays = new Delays(clock);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 15, 16, 114, 999, 60_000, 259_200_000L, 31_536_000_000L})
    void aDelayIsMeasuredToWithinASixteenth(long millis) {
        // when
        deliver(Duration.ofMillis(millis), 1);

        // then
        assertEquals(millis, Delays.quantile(taken(), 0.5), millis / 16.0);
    }

    @Test
    void halfAndNinetyFivePercentAreThoseOfWhatWasDelivered() {
        // given
        deliver(Duration.ofMillis(4), 94);
        deliver(Duration.ofSeconds(1), 6);
        settle(Duration.ofDays(1), 500, new Settlement.Dropped("no_rule"));

        // when
        int[] sums = taken();

        // then
        assertEquals(4, Delays.quantile(sums, 0.5));
        assertEquals(1_000, Delays.quantile(sums, 0.95), 62);
        assertNull(Delays.quantile(taken(), 0.5), "they are taken once");
    }

    @Test
    void aDelayOfBeforeTheClockWasSetBackIsNone() {
        // when
        deliver(Duration.ofHours(-1), 1);

        // then
        assertEquals(0, Delays.quantile(taken(), 0.95));
    }

    private void deliver(Duration delay, int events) {
        settle(delay, events, new Settlement.Delivered());
    }

    private void settle(Duration delay, int events, Settlement settlement) {
        Instant accepted = clock.instant().minus(delay);
        Map<Event, Settlement> settled = new HashMap<>();
        for (int i = 1; i <= events; i++) {
            settled.put(new Event(i, "id", "rest", "track", "x", "c", accepted, new byte[0]), settlement);
        }
        delays.settled(settled);
    }

    private int[] taken() {
        int[] sums = new int[Delays.BUCKETS];
        delays.moveTo(sums);
        return sums;
    }
}
