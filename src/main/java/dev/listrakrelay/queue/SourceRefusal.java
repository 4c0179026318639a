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
public final class SourceRefusal {

    /** A source tries again within seconds. So if none is refused for this long, the broker accepts the source. */
    static final Duration END_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(SourceRefusal.class);

    private final String source;
    private final Clock clock;
    private final LogRateLimiter lines;
    private volatile Refusal state;

    /** The reason of a refusal, and when it began and was last repeated. */
    public record Refusal(String reason, Instant since, Instant lastRefused) {}

    SourceRefusal(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    /** Records that the broker refused access just now. */
    synchronized void refused(Exception failure) {
        Instant now = clock.instant();
        String reason = reason(failure);
        if (lines.isDue(source)) {
            LOG.warnf("source-%s: access refused, trying again, %s", source, reason);
        }
        state = new Refusal(reason, state == null ? now : state.since(), now);
    }

    /** @param hasConnected whether the broker sent data or opened a connection; false if it only did not refuse */
    void accepted(boolean hasConnected) {
        if (state != null) {
            endIfAccepted(hasConnected);
        }
    }

    private synchronized void endIfAccepted(boolean hasConnected) {
        if (state != null
                && (hasConnected || clock.instant().isAfter(state.lastRefused().plus(END_AFTER)))) {
            LOG.infof("source-%s: access accepted, it was refused since %s", source, state.since());
            state = null;
            lines.end(source);
        }
    }

    /** Returns the refusal; empty if the broker accepts the source. */
    Optional<Refusal> state() {
        return Optional.ofNullable(state);
    }

    /** Returns the text of the failure and its cause. The clients put neither passwords nor payloads there. */
    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
