package dev.listrakrelay.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class SeldomRepeatedTest {

    private static final String KAFKA = "org.apache.kafka.clients.NetworkClient";

    private final TestClock clock = new TestClock();
    private final SeldomRepeated filter = new SeldomRepeated(clock);

    @Test
    void aWarningThatDiffersInDigitsAloneIsSaidOnceAMinute() {
        // given
        boolean first = isSaid(KAFKA, Level.WARNING, "[consumer-1] node -1 is not available");

        // when
        boolean atOnce = isSaid(KAFKA, Level.WARNING, "[consumer-2] node -3 is not available");
        clock.advance(Duration.ofMinutes(1));
        boolean later = isSaid(KAFKA, Level.WARNING, "[consumer-1] node -1 is not available");
        boolean atOnceAgain = isSaid(KAFKA, Level.WARNING, "[consumer-2] node -1 is not available");

        // then
        assertThat(first, is(true));
        assertThat(atOnce, is(false));
        assertThat(later, is(true));
        assertThat(atOnceAgain, is(false));
    }

    @Test
    void whatIsAnotherWarningOrNoneOrAnyoneElsesIsSaid() {
        // given
        isSaid(KAFKA, Level.WARNING, "away");

        // when // then
        assertThat(isSaid(KAFKA, Level.WARNING, "refused"), is(true));
        assertThat(isSaid("org.apache.camel.component.jms.Listener", Level.WARNING, "away"), is(true));
        for (int i = 0; i < 2; i++) {
            assertThat(isSaid(KAFKA, Level.INFO, "away"), is(true));
            assertThat(isSaid("dev.listrakrelay.queue.HoldSource", Level.WARNING, "waits"), is(true));
        }
    }

    @Test
    void thatRequestsCannotBeStoredIsSaidOnceAMinuteHoweverManyComeMeanwhile() {
        // given
        String answers = "dev.listrakrelay.ingest.IntakeAnswer";

        // when
        boolean first = isSaid(answers, Level.WARNING, "not stored: %s");
        boolean second = isSaid(answers, Level.WARNING, "not stored: %s");
        clock.advance(Duration.ofMinutes(1));
        boolean later = isSaid(answers, Level.WARNING, "not stored: %s");

        // then
        assertThat(first, is(true));
        assertThat(second, is(false));
        assertThat(later, is(true));
    }

    @Test
    void thatAFileCannotBeReadIsSaidOnceAMinuteThoughItIsTriedAtEachPoll() {
        for (String logger : List.of("dev.listrakrelay.file.WholeFiles", "org.apache.camel.component.file.X")) {
            assertThat(isSaid(logger, Level.WARNING, "file orders-1.csv: stays"), is(true));
            assertThat(isSaid(logger, Level.WARNING, "file orders-2.csv: stays"), is(false));
        }
    }

    private boolean isSaid(String logger, Level level, String message) {
        LogRecord line = new LogRecord(level, message);
        line.setLoggerName(logger);
        return filter.isLoggable(line);
    }
}
