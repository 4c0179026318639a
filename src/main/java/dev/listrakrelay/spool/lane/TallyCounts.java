package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Counts events by outcome, for the tally. */
public final class TallyCounts {

    private TallyCounts() {}

    public static Map<Outcome, Long> of(Collection<Settlement> settlements) {
        Map<Outcome, Long> counts = new HashMap<>();
        settlements.forEach(settlement -> counts.merge(outcome(settlement), 1L, Long::sum));
        return counts;
    }

    public static Map<Outcome, Long> accepted(long events) {
        return of("accepted", events);
    }

    public static Map<Outcome, Long> retried(long events) {
        return of(Settlement.Retry.OUTCOME, events);
    }

    private static Map<Outcome, Long> of(String outcome, long events) {
        return events == 0 ? Map.of() : Map.of(new Outcome(outcome, ""), events);
    }

    private static Outcome outcome(Settlement settlement) {
        // the reasons of retries are too many
        return new Outcome(settlement.outcome(), settlement instanceof Settlement.Retry ? "" : settlement.reason());
    }
}
