package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Settlement;
import java.time.Instant;

/** Makes the history steps of settled events. */
public final class HistorySteps {

    public static final String RETRIED = "retried";

    private static final int MOST_OF_A_REASON = 300;

    private HistorySteps() {}

    public static EventStep of(Settlement settlement, Instant at) {
        if (settlement instanceof Settlement.Dropped dropped) {
            return step(at, "dropped", dropped.reason());
        }
        if (settlement instanceof Settlement.Dead dead) {
            return step(at, "dead", dead.reason());
        }
        if (settlement instanceof Settlement.Forwarded forwarded) {
            return step(at, "forwarded", forwarded.to());
        }
        return settlement instanceof Settlement.Retry retry
                ? step(at, RETRIED, retry.reason())
                : step(at, "delivered", "");
    }

    /** Makes a step with the first 300 characters of its reason. */
    public static EventStep step(Instant at, String outcome, String reason) {
        return new EventStep(at, outcome, reason.substring(0, Math.min(reason.length(), MOST_OF_A_REASON)));
    }
}
