package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Sums up what became of the events of our lanes: what was accepted is what was settled and what is pending. */
final class KafkaTally {

    private static final Set<String> SETTLED = Set.of("delivered", "forwarded", "dropped", "dead");
    private static final Outcome ACCEPTED = new Outcome("accepted", "");

    private final Lanes lanes;
    private final Map<Outcome, LongAdder> ofThisProcess = new ConcurrentHashMap<>();
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

    /** So many more of these, by this process; a line that others began comes with 0. */
    void count(Outcome outcome, long events) {
        LongAdder sum = ofThisProcess.get(outcome);
        if (sum == null) {
            sum = new LongAdder();
            LongAdder there = ofThisProcess.putIfAbsent(outcome, sum);
            if (there == null) {
                listener.accept(outcome);
            } else {
                sum = there;
            }
        }
        sum.add(events);
    }

    /** One more was stored by this process, whoever delivers it. */
    void accepted() {
        count(ACCEPTED, 1);
    }

    /** What this process did, since it began. */
    Map<Outcome, Long> ofThisProcess() {
        Map<Outcome, Long> all = new HashMap<>();
        ofThisProcess.forEach((outcome, events) -> all.put(outcome, events.sum()));
        return all;
    }

    void onNew(Consumer<Outcome> wanted) {
        listener = wanted;
        ofThisProcess.keySet().forEach(wanted);
    }
}
