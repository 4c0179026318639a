package dev.listrakrelay.queue;

import dev.listrakrelay.log.LogRateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Remembers whether a source's broker refuses access: because of the login, a certificate, or a missing permission. Logs the
 * first refusal, then one line a minute, and the end.
 */
final class SourceRefusal {

    /** A source asks again within seconds: after as long without a refusal it was let in, if only to find nothing. */
    static final Duration OVER = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(SourceRefusal.class);

    private final String source;
    private final Clock clock;
    private final LogRateLimiter lines;
    private volatile State state;

    /** Why it is refused, since when, and when that was last so. */
    record State(String reason, Instant since, Instant last) {}

    SourceRefusal(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    /** Records that the broker refused access just now. */
    synchronized void refused(Exception why) {
        Instant now = clock.instant();
        String reason = reason(why);
        if (lines.isDue(source)) {
            LOG.warnf("source-%s: refused, %s; it asks again until it is let in", source, reason);
        }
        state = new State(reason, state == null ? now : state.since(), now);
    }

    /** @param isIn whether it got something, and not only no refusal */
    void notRefused(boolean isIn) {
        if (state != null) {
            endIfOver(isIn);
        }
    }

    private synchronized void endIfOver(boolean isIn) {
        if (state != null && (isIn || clock.instant().isAfter(state.last().plus(OVER)))) {
            LOG.infof("source-%s: let in, it was refused since %s", source, state.since());
            state = null;
            lines.end(source);
        }
    }

    Optional<State> state() {
        return Optional.ofNullable(state);
    }

    /** Returns the text of the failure and its cause. The clients put neither passwords nor payloads there. */
    private static String reason(Exception why) {
        Throwable cause = why.getCause();
        return why.getMessage() + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
