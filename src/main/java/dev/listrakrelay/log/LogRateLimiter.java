package dev.listrakrelay.log;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Lets a warning that others can bring about into the log once a minute.
 *
 * <p>Of the queues' clients: while a broker is away, or refuses us, each consumer would say so at every try. So would each
 * request that can't be stored, while the spool's is away, each poll of a folder with a file that can't be read, and each event that a step of a route fails with. What differs in digits alone is the same warning.
 *
 * <p>Of HTTP: whoever reaches a port may break as many requests as they like, and their URLs and values stand in what is
 * said of it. So each logger says one line, whatever it is about, without what was filled into it, and of a failure the
 * classes and where it happened, without its text.
 */
@LoggingFilter(name = "seldom-repeated")
public final class LogRateLimiter implements Filter {

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
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 1_000;
    private static final int MOST_CAUSES = 5;

    private final Clock clock;
    private final Map<String, Instant> said = new ConcurrentHashMap<>();

    public LogRateLimiter() {
        this(Clock.systemUTC());
    }

    LogRateLimiter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        if (line.getLevel().intValue() < Level.WARNING.intValue() || logger == null) {
            return true;
        }
        if (OF_HTTP.stream().anyMatch(logger::startsWith)) {
            boolean isDue = isDue(logger);
            if (isDue) {
                withoutItsCaller(line);
            }
            return isDue;
        }
        return REPEATING.stream().noneMatch(logger::startsWith)
                || isDue(logger + " " + String.valueOf(line.getMessage()).replaceAll("\\d+", "#"));
    }

    private boolean isDue(String warning) {
        if (said.size() >= MOST_KNOWN) {
            said.clear();
        }
        Instant now = clock.instant();
        Instant before = said.putIfAbsent(warning, now);
        return before == null || !now.isBefore(before.plus(SELDOM)) && said.replace(warning, before, now);
    }

    private static void withoutItsCaller(LogRecord line) {
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
        Throwable itsCause = cause == null || depth == MOST_CAUSES ? null : withoutText(cause, depth + 1);
        Throwable bare = new Throwable(failure.getClass().getName(), itsCause);
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
