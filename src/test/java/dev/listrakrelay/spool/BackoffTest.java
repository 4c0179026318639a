package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The random pauses after failures, which grow with the number of failures. */
class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private final Random random = new Random(1);

    @ParameterizedTest
    @CsvSource({"0,1000", "1,2000", "2,4000", "8,256000", "9,300000", "40,300000", "2147483647,300000"})
    void aPauseIsRandomBetweenZeroAndItsDoubledMaximum(int failures, long ceiling) {
        // when
        LongSummaryStatistics pauses = LongStream.range(0, 5_000)
                .map(i -> backoff.after(failures, random).toMillis())
                .summaryStatistics();

        // then
        assertTrue(pauses.getMin() > 0 && pauses.getMin() < ceiling / 50, pauses::toString);
        assertTrue(pauses.getMax() <= ceiling && pauses.getMax() > ceiling - ceiling / 50, pauses::toString);
        assertEquals(ceiling / 2.0, pauses.getAverage(), ceiling / 20.0);
    }

    @Test
    void aBackOffOfZeroStillPausesAMoment() {
        // when
        Duration pause = new Backoff(Duration.ZERO, Duration.ZERO).after(3, random);

        // then
        assertEquals(Duration.ofMillis(1), pause);
    }
}
