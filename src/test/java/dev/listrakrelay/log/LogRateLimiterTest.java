package dev.listrakrelay.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes at most one log line per subject and minute. */
class LogRateLimiterTest {

    private final TestClock clock = new TestClock();
    private final LogRateLimiter minute = LogRateLimiter.onceAMinute(clock);
    private final LogRateLimiter once = LogRateLimiter.onceUntilEnded();

    @Test
    void aLineAMinuteSaysHowManyLinesItReplaces() {
        // given
        long first = minute.due("orders");
        long second = minute.due("orders");
        clock.advance(Duration.ofMillis(59_999));
        long third = minute.due("orders");

        // when
        clock.advance(Duration.ofMillis(1));
        long fourth = minute.due("orders");

        // then
        assertThat(List.of(first, second, third, fourth), contains(1L, 0L, 0L, 3L));
    }

    @Test
    void eachSubjectHasItsOwnLines() {
        // given
        minute.due("orders");

        // when
        boolean isDue = minute.isDue("carts");

        // then
        assertThat(isDue, is(true));
    }

    @Test
    void afterItsEndASubjectsNextLineIsTheFirstAgain() {
        // given
        once.due("file");
        boolean before = once.isDue("file");

        // when
        boolean hadALine = once.end("file");

        // then
        assertThat(before, is(false));
        assertThat(hadALine, is(true));
        assertThat(once.end("file"), is(false));
        assertThat(once.isDue("file"), is(true));
    }

    @Test
    void allSubjectsButTheNamedOnesCanEndTogether() {
        // given
        once.due("field a");
        once.due("field b");

        // when
        once.endAllExcept(Set.of("field a"));

        // then
        assertThat(once.isDue("field a"), is(false));
        assertThat(once.isDue("field b"), is(true));
    }

    @Test
    void subjectsThatCallersNameCannotFillTheMemory() {
        // given
        for (int i = 0; i < 1_000; i++) {
            once.due("caller " + i);
        }
        boolean isKnown = !once.isDue("caller 0");

        // when
        once.due("one more");

        // then
        assertThat(isKnown, is(true));
        assertThat(once.isDue("caller 0"), is(true));
    }
}
