package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.Set;

/**
 * Holds an entry of an event's history.
 *
 * @param outcome accepted, held, released, attempted, retried, delivered, forwarded, dropped, dead or replayed; settled
 *     if no more is known
 * @param reason why, such as {@code no_rule}, or Listrak's answer; empty if there is none
 */
public record EventStep(Instant at, String outcome, String reason) {

    private static final Set<String> MOVED = Set.of("replayed", "released");

    /** Whether the event continues as another event of the spool, which the reason names. */
    public boolean isMove() {
        return MOVED.contains(outcome);
    }
}
