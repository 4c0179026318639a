package dev.listrakrelay.queue;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Lets a warning of the queues' clients into the log once a minute: while a broker is away, or refuses us, each consumer
 * would say so at every try. So would each request that can't be stored, while the spool's is away, and each event that a
 * step of a route fails with. What differs in digits alone is the same warning.
 */
@LoggingFilter(name = "seldom-repeated")
public final class SeldomRepeated implements Filter {

    private static final List<String> REPEATING = List.of(
            "org.apache.kafka.",
            "org.apache.camel.component.jms.",
            "org.apache.qpid.",
            "dev.listrakrelay.ingest.IntakeAnswer",
            "dev.listrakrelay.mapping.Unmappable");
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 1_000;

    private final Clock clock;
    private final Map<String, Instant> said = new ConcurrentHashMap<>();

    public SeldomRepeated() {
        this(Clock.systemUTC());
    }

    SeldomRepeated(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = line.getLoggerName();
        if (line.getLevel().intValue() < Level.WARNING.intValue()
                || logger == null
                || REPEATING.stream().noneMatch(logger::startsWith)) {
            return true;
        }
        if (said.size() >= MOST_KNOWN) {
            said.clear();
        }
        String warning = logger + " " + String.valueOf(line.getMessage()).replaceAll("\\d+", "#");
        Instant now = clock.instant();
        Instant before = said.putIfAbsent(warning, now);
        return before == null || !now.isBefore(before.plus(SELDOM)) && said.replace(warning, before, now);
    }
}
