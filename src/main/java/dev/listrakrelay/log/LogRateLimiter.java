package dev.listrakrelay.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which lines of a repeated warning are written to the log: the first line about a subject, and later lines only after
 * an interval. When the subject has ended, such as a failure that is over, its next line counts as the first again.
 */
public final class LogRateLimiter {

    /** So that a caller can't fill the memory by naming subjects; with more, all lines count as the first again. */
    private static final int MOST_SUBJECTS = 1_000;

    private final Clock clock;
    private final Optional<Duration> interval;
    private final Map<String, Line> lines = new HashMap<>();

    private record Line(Instant written, long heldBack) {}

    private LogRateLimiter(Clock clock, Optional<Duration> interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** Returns a limiter that permits a line about each subject once a minute. */
    public static LogRateLimiter onceAMinute(Clock clock) {
        return new LogRateLimiter(clock, Optional.of(Duration.ofMinutes(1)));
    }

    /** Returns a limiter that permits one line about each subject until the subject has ended. */
    public static LogRateLimiter onceUntilEnded() {
        return new LogRateLimiter(Clock.systemUTC(), Optional.empty());
    }

    /** Returns whether to write a line about the subject now. */
    public boolean isDue(String subject) {
        return due(subject) > 0;
    }

    /** Returns how many lines a line about the subject stands for: 1 and those held back before it; 0 if it is held back too. */
    public synchronized long due(String subject) {
        Line last = lines.get(subject);
        Instant now = clock.instant();
        if (last != null && isTooEarly(now, last)) {
            lines.put(subject, new Line(last.written(), last.heldBack() + 1));
            return 0;
        }
        if (last == null && lines.size() >= MOST_SUBJECTS) {
            lines.clear();
        }
        lines.put(subject, new Line(now, 0));
        return last == null ? 1 : last.heldBack() + 1;
    }

    private boolean isTooEarly(Instant now, Line last) {
        return interval.map(time -> now.isBefore(last.written().plus(time))).orElse(true);
    }

    /** Records that the subject has ended; returns whether there was a line about it. */
    public synchronized boolean end(String subject) {
        return lines.remove(subject) != null;
    }

    /** Records that all subjects except these have ended. */
    public synchronized void endAllExcept(Set<String> subjects) {
        lines.keySet().retainAll(subjects);
    }
}
