package dev.listrakrelay.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.listrakrelay.spool.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Repeated warnings of the libraries are logged once a minute, without data of callers. */
class RepeatedWarningsTest {

    private static final String KAFKA = "org.apache.kafka.clients.NetworkClient";

    private final TestClock clock = new TestClock();
    private final RepeatedWarnings filter = new RepeatedWarnings(clock);

    @Test
    void warningsThatDifferOnlyInDigitsAreWrittenOnceAMinute() {
        // given
        boolean first = isWritten(KAFKA, Level.WARNING, "[consumer-1] node -1 is not available");

        // when
        boolean atOnce = isWritten(KAFKA, Level.WARNING, "[consumer-2] node -3 is not available");
        clock.advance(Duration.ofMinutes(1));
        boolean later = isWritten(KAFKA, Level.WARNING, "[consumer-1] node -1 is not available");
        boolean atOnceAgain = isWritten(KAFKA, Level.WARNING, "[consumer-2] node -1 is not available");

        // then
        assertThat(first, is(true));
        assertThat(atOnce, is(false));
        assertThat(later, is(true));
        assertThat(atOnceAgain, is(false));
    }

    @Test
    void otherWarningsOtherLevelsAndOtherLoggersAreWritten() {
        // given
        isWritten(KAFKA, Level.WARNING, "away");

        // when // then
        assertThat(isWritten(KAFKA, Level.WARNING, "refused"), is(true));
        assertThat(isWritten("org.apache.camel.component.jms.Listener", Level.WARNING, "away"), is(true));
        for (int i = 0; i < 2; i++) {
            assertThat(isWritten(KAFKA, Level.INFO, "away"), is(true));
            assertThat(isWritten("dev.listrakrelay.queue.PauseSource", Level.WARNING, "waits"), is(true));
        }
    }

    @Test
    void requestsThatCannotBeStoredAreReportedOnceAMinute() {
        // given
        String answers = "dev.listrakrelay.ingest.IntakeAnswer";

        // when
        boolean first = isWritten(answers, Level.WARNING, "not stored: %s");
        boolean second = isWritten(answers, Level.WARNING, "not stored: %s");
        clock.advance(Duration.ofMinutes(1));
        boolean later = isWritten(answers, Level.WARNING, "not stored: %s");

        // then
        assertThat(first, is(true));
        assertThat(second, is(false));
        assertThat(later, is(true));
    }

    @Test
    void aFileThatCannotBeReadIsReportedOnceAMinute() {
        for (String logger : List.of("dev.listrakrelay.file.WholeFiles", "org.apache.camel.component.file.X")) {
            assertThat(isWritten(logger, Level.WARNING, "file orders-1.csv: stays"), is(true));
            assertThat(isWritten(logger, Level.WARNING, "file orders-2.csv: stays"), is(false));
        }
    }

    @Test
    void eachHttpLoggerWritesOneLineAMinuteWhateverCallersSend() {
        // given
        for (String logger : List.of(
                "io.quarkus.vertx.http.runtime.QuarkusErrorHandler",
                "io.vertx.core.http.impl.HttpUtils",
                "io.netty.channel.DefaultChannelPipeline",
                "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer",
                "dev.listrakrelay.http.HttpErrors")) {
            // when
            boolean first = isWritten(logger, Level.SEVERE, "no such host ada");
            boolean second = isWritten(logger, Level.WARNING, "no such host bob");
            clock.advance(Duration.ofMinutes(1));
            boolean later = isWritten(logger, Level.SEVERE, "no such host cy");

            // then
            assertThat(logger, List.of(first, second, later), is(List.of(true, false, true)));
        }
    }

    @Test
    void anHttpLineContainsNothingThatACallerSent() {
        // given
        LogRecord line = new LogRecord(Level.SEVERE, "HTTP Request to %s failed, error id: %s");
        line.setLoggerName("io.quarkus.vertx.http.runtime.QuarkusErrorHandler");
        line.setParameters(new Object[] {"/v1/track?email=ada@example.com", "1"});
        Exception failure = new IllegalStateException("ada", new NumberFormatException("For input string: ada"));
        line.setThrown(failure);

        // when
        filter.isLoggable(line);
        StringWriter text = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(text));
        String written = String.format(line.getMessage(), line.getParameters()) + text;

        // then
        assertThat(written, not(containsString("ada")));
        assertThat(written, containsString("HTTP Request to … failed"));
        assertThat(written, containsString("java.lang.IllegalStateException"));
        assertThat(written, containsString("java.lang.NumberFormatException"));
        assertThat(written, containsString("at " + getClass().getName()));
    }

    private boolean isWritten(String logger, Level level, String message) {
        LogRecord line = new LogRecord(level, message);
        line.setLoggerName(logger);
        return filter.isLoggable(line);
    }
}
