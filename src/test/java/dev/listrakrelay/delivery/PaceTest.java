package dev.listrakrelay.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code max-events-per-second}: how long a request waits for its turn. */
class PaceTest {

    private final Counter waited = new SimpleMeterRegistry().counter("waited");
    private long nanos;
    private final Pace pace = Pace.of(100, waited, new TimeMeter() {
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
    void theFirstRequestLeavesAtOnceAndTheNextWaitsForItsEvents() {
        assertWaits(0, 50);
        assertWaits(500, 1);
        assertWaits(510, 100);
    }

    @Test
    void whatAllLanesSendTogetherKeepsTheLimit() {
        // when 80 requests of 25 events want to leave at the same time
        long last = 0;
        for (int request = 0; request < 80; request++) {
            last = pace.reserve(25);
        }

        // then they take as long as 79 times 25 events at 100 a second
        assertEquals(19_750, TimeUnit.NANOSECONDS.toMillis(last), 15);
    }

    @Test
    void timeThatPassesBetweenTwoRequestsCounts() {
        // given
        assertWaits(0, 50);

        // when
        pass(Duration.ofMillis(300));

        // then
        assertWaits(200, 50);
    }

    @Test
    void noBurstFollowsAQuietTime() {
        // given
        pass(Duration.ofHours(1));

        // when
        // then
        assertWaits(0, 100);
        assertWaits(1_000, 100);
        assertWaits(2_000, 100);
    }

    @Test
    void aRequestGivesUpItsTurnIfItsBatchMustEnd() throws InterruptedException {
        // given
        pace.reserve(1_000_000);

        // when
        boolean hasTurn = pace.awaitTurn(1, () -> true);

        // then
        assertFalse(hasTurn);
    }

    @Test
    void theTimeThatARequestWaitedIsCounted() throws InterruptedException {
        // given
        pace.reserve(5);

        // when
        boolean hasTurn = pace.awaitTurn(1, () -> false);

        // then
        assertTrue(hasTurn);
        assertTrue(waited.count() >= 0.04, waited.count() + " s");
    }

    @Test
    void withoutALimitNoRequestWaits() throws InterruptedException {
        assertTrue(Pace.NONE.awaitTurn(1_000_000, () -> true));
        assertTrue(Pace.NONE.limit().isEmpty());
    }

    /** One permit may be saved up, so the wait may be that of one event shorter. */
    private void assertWaits(long millis, int events) {
        assertEquals(millis, TimeUnit.NANOSECONDS.toMillis(pace.reserve(events)), 20);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
