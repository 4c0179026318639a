package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int MOST_OF_A_REASON = 300;

    /** Returns the step of a settled event. */
    public static EventStep of(Settlement settlement, Instant at) {
        return cut(at, settlement.outcome(), settlement.reason());
    }

    /** Returns the seqs of settled events by their step. Many events share a step. */
    public static Map<EventStep, List<Long>> of(Map<Event, Settlement> settled, Instant at) {
        Map<EventStep, List<Long>> seqs = new HashMap<>();
        settled.forEach((event, settlement) -> seqs.computeIfAbsent(of(settlement, at), step -> new ArrayList<>())
                .add(event.seq()));
        return seqs;
    }

    /** Returns a step with the first 300 characters of a reason. */
    public static EventStep cut(Instant at, String outcome, String reason) {
        return new EventStep(at, outcome, reason.substring(0, Math.min(reason.length(), MOST_OF_A_REASON)));
    }

    /** Whether the event continues as another event of the spool, which the reason names. */
    public boolean isMove() {
        return MOVED.contains(outcome);
    }
}
