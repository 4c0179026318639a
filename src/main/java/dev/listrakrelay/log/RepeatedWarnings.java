package dev.listrakrelay.log;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Removes from the log the repetitions of a warning whose cause is outside the relay, except for one a minute.
 *
 * <p>Warnings of queue clients, of events that can't be stored, of files that can't be read, and of failed route steps
 * can repeat at every try. Warnings that differ only in digits count as the same.
 *
 * <p>For HTTP, callers can cause any number of failed requests, and a warning can contain their URLs and values. So
 * each HTTP logger writes one line a minute, without its parameters. A failure appears with its classes and stack
 * traces, without its messages.
 */
@LoggingFilter(name = "repeated-warnings")
public final class RepeatedWarnings implements Filter {

    private static final List<String> REPEATING = List.of(
            "org.apache.kafka.",
            "org.apache.camel.component.jms.",
            "org.apache.qpid.",
            "dev.listrakrelay.ingest.IntakeAnswer",
            "dev.listrakrelay.mapping.Unmappable",
            "org.apache.camel.component.file.",
            "dev.listrakrelay.file.");
    private static final List<String> OF_HTTP = List.of(
            "io.quarkus.vertx.",
            "io.vertx.",
            "io.netty.",
            "org.apache.camel.component.platform.http.",
            "dev.listrakrelay.http.");
    private static final int MOST_CAUSES = 5;

    private final LogRateLimiter lines;

    public RepeatedWarnings() {
        this(Clock.systemUTC());
    }

    RepeatedWarnings(Clock clock) {
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        if (line.getLevel().intValue() < Level.WARNING.intValue() || logger == null) {
            return true;
        }
        if (OF_HTTP.stream().anyMatch(logger::startsWith)) {
            boolean isDue = lines.isDue(logger);
            if (isDue) {
                removeCallersData(line);
            }
            return isDue;
        }
        return REPEATING.stream().noneMatch(logger::startsWith)
                || lines.isDue(logger + " " + String.valueOf(line.getMessage()).replaceAll("\\d+", "#"));
    }

    private static void removeCallersData(LogRecord line) {
        if (line.getParameters() != null) {
            Object[] parameters = new Object[line.getParameters().length];
            Arrays.fill(parameters, "…");
            line.setParameters(parameters);
        }
        if (line.getThrown() != null) {
            line.setThrown(withoutText(line.getThrown(), 0));
        }
    }

    private static Throwable withoutText(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        Throwable bareCause = cause == null || depth == MOST_CAUSES ? null : withoutText(cause, depth + 1);
        Throwable bare = new Throwable(failure.getClass().getName(), bareCause);
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
