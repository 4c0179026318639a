package dev.listrakrelay.log;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes a repeated warning to the log once a minute only, if its cause is outside the relay.
 *
 * <p>Warnings of queue clients, of the export of traces, of events that can't be stored, of files that can't be read, and of
 * failed route steps can repeat at every try. Warnings that differ only in digits count as the same.
 *
 * <p>For HTTP, callers can cause any number of failed requests, and a warning can contain their URLs and values. So
 * each HTTP logger writes one line a minute, without its parameters. A failure appears with its classes and stack
 * traces, without its messages.
 */
@LoggingFilter(name = "rate-limited")
public final class RepeatedWarnings implements Filter {

    private static final List<String> REPEATING = List.of(
            "org.apache.kafka.",
            "org.apache.camel.component.jms.",
            "org.apache.qpid.",
            "io.opentelemetry.",
            "io.quarkus.opentelemetry.",
            "dev.listrakrelay.ingest.IntakeAnswer",
            "dev.listrakrelay.mapping.Unmappable",
            "org.apache.camel.component.file.",
            "dev.listrakrelay.file.");
    private static final List<String> HTTP = List.of(
            "io.quarkus.vertx.",
            "io.vertx.",
            "io.netty.",
            "org.apache.camel.component.platform.http.",
            "dev.listrakrelay.http.");
    private static final int MAX_CAUSES = 5;

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
        if (HTTP.stream().anyMatch(logger::startsWith)) {
            boolean isDue = lines.isDue(logger);
            if (isDue) {
                removeCallerData(line);
            }
            return isDue;
        }
        return REPEATING.stream().noneMatch(logger::startsWith)
                || lines.isDue(logger + " " + String.valueOf(line.getMessage()).replaceAll("\\d+", "#"));
    }

    private static void removeCallerData(LogRecord line) {
        if (line.getParameters() != null) {
            Object[] parameters = new Object[line.getParameters().length];
            Arrays.fill(parameters, "…");
            line.setParameters(parameters);
        }
        if (line.getThrown() != null) {
            line.setThrown(withoutMessage(line.getThrown(), 0));
        }
    }

    private static Throwable withoutMessage(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        Throwable bareCause = cause == null || depth == MAX_CAUSES ? null : withoutMessage(cause, depth + 1);
        Throwable bare = new Throwable(failure.getClass().getName(), bareCause);
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
