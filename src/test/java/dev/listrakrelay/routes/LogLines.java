package dev.listrakrelay.routes;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects the lines of a logger until it is closed. */
final class LogLines extends Handler {

    private final Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;
    private final Predicate<LogRecord> isKept;

    LogLines(String name) {
        this(name, line -> true);
    }

    /** @param isKept which lines to keep; the logger may have children that belong to another test */
    LogLines(String name, Predicate<LogRecord> isKept) {
        this.isKept = isKept;
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        if (isKept.test(line)) {
            lines.add(line);
        }
    }

    /** The formatted lines of at least this level. */
    List<String> from(Level level) {
        return lines.stream()
                .filter(line -> line.getLevel().intValue() >= level.intValue())
                .map(line -> line.getParameters() == null
                        ? line.getMessage()
                        : String.format(line.getMessage(), line.getParameters()))
                .toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
