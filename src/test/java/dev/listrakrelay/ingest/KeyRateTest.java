package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code source.rest.max-events-per-second} and {@code source.rest.burst}: which requests of a write key must wait. */
class KeyRateTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Counter accepted = meters.counter("accepted");
    private final Counter limited = meters.counter("limited");
    private long nanos;
    /** 10 events a second, 50 at once. */
    private final KeyRate rate = new KeyRate("write key 1", 10, 50, accepted, limited, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aQuietKeyMayPostItsBurstAndThenWhatTheRateRefills() {
        // given
        rate.charge(50);
        assertThrows(RateExceeded.class, () -> rate.charge(1));

        // when
        pass(Duration.ofSeconds(1));

        // then
        rate.charge(10);
        assertThrows(RateExceeded.class, () -> rate.charge(1));
        assertEquals(2, accepted.count());
        assertEquals(2, limited.count());
    }

    @Test
    void aRequestLargerThanTheBurstIsStoredAndTheNextOneWaitsForAllOfIt() {
        // given
        rate.charge(2_500);

        // when
        RateExceeded exceeded = assertThrows(RateExceeded.class, rate::requirePermit);

        // then 2,450 events are to be refilled, and one for the next request
        assertEquals(246, exceeded.retryAfterSeconds());
        pass(Duration.ofSeconds(244));
        assertTrue(rate.isUsedUp());
        pass(Duration.ofSeconds(2));
        assertDoesNotThrow(() -> rate.charge(2_500));
    }

    @Test
    void aCallerThatWaitsAsLongAsItIsToldIsLetIn() {
        // given
        rate.charge(77);
        RateExceeded exceeded = assertThrows(RateExceeded.class, () -> rate.charge(1));

        // when
        pass(Duration.ofSeconds(exceeded.retryAfterSeconds()));

        // then
        assertFalse(rate.isUsedUp());
        assertDoesNotThrow(() -> rate.charge(1));
    }

    @Test
    void ofRequestsThatArriveTogetherOnlyOneGoesBeyondTheBurst() {
        // given requests whose bodies were all read while the key had permits
        IntStream.range(0, 100).forEach(request -> assertDoesNotThrow(rate::requirePermit));

        // when
        long stored = IntStream.range(0, 100)
                .parallel()
                .filter(request -> isStored(40))
                .count();

        // then
        assertEquals(2, stored);
    }

    private boolean isStored(int events) {
        try {
            rate.charge(events);
            return true;
        } catch (RateExceeded e) {
            return false;
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
