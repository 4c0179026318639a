package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Sums up what became of the events of our lanes: what was accepted is what was settled and what is pending. */
final class KafkaTally {

    private static final Set<String> SETTLED = Set.of("delivered", "handed_on", "dropped", "dead");
    private static final Outcome ACCEPTED = new Outcome("accepted", "");

    private final Lanes lanes;
    private final Set<Outcome> known = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Outcome> listener = outcome -> {};

    KafkaTally(Lanes lanes) {
        this.lanes = lanes;
    }

    Map<Outcome, Long> all() {
        Map<Outcome, Long> sums = new HashMap<>();
        lanes.all().forEach(held -> held.lane().counts((outcome, events) -> sums.merge(outcome, events, Long::sum)));
        long accepted = 0;
        for (Map.Entry<Outcome, Long> line : sums.entrySet()) {
            accepted += SETTLED.contains(line.getKey().name()) ? line.getValue() : 0;
        }
        accepted += sums.getOrDefault(OwnedLane.PENDING, 0L);
        sums.remove(OwnedLane.PENDING);
        if (accepted > 0) {
            sums.put(ACCEPTED, accepted);
        }
        return sums;
    }

    /** A line of a lane's tally is there. */
    void found(Outcome outcome) {
        if (known.add(outcome)) {
            listener.accept(outcome);
        }
    }

    void onNew(Consumer<Outcome> wanted) {
        listener = wanted;
        known.forEach(wanted);
    }
}
