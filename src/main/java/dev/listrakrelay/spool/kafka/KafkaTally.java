package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Adds up the events of all lanes by outcome. The accepted events are the settled and the pending ones. */
final class KafkaTally {

    private static final Set<String> SETTLED = Set.of("delivered", "forwarded", "dropped", "dead");
    private static final Outcome ACCEPTED = new Outcome("accepted", "");

    private final LaneViews views;
    private final Map<Outcome, LongAdder> ofThisProcess = new ConcurrentHashMap<>();
    private volatile Consumer<Outcome> listener = outcome -> {};

    KafkaTally(LaneViews views) {
        this.views = views;
    }

    /** The tally of all lanes. The part of other processes' lanes is about a second old. */
    Map<Outcome, Long> all() {
        Map<Outcome, Long> sums = new HashMap<>();
        views.seen().forEach(lane -> {
            lane.state().tally().forEach((outcome, events) -> {
                sums.merge(outcome, events, Long::sum);
                if (SETTLED.contains(outcome.name())) {
                    sums.merge(ACCEPTED, events, Long::sum);
                }
            });
            if (lane.pending() > 0) {
                sums.merge(ACCEPTED, lane.pending(), Long::sum);
            }
        });
        return sums;
    }

    /**
     * Adds events to the count of this process.
     *
     * @param events the number to add; 0 for an outcome that only other processes have counted so far
     */
    void count(Outcome outcome, long events) {
        if (!ofThisProcess.containsKey(outcome) && ofThisProcess.putIfAbsent(outcome, new LongAdder()) == null) {
            listener.accept(outcome);
        }
        ofThisProcess.get(outcome).add(events);
    }

    /** Counts an event that this process stored, whichever process delivers it. */
    void accepted() {
        count(ACCEPTED, 1);
    }

    /** The counts of this process since its start. */
    Map<Outcome, Long> ofThisProcess() {
        return ofThisProcess.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, line -> line.getValue()
                .sum()));
    }

    void onNew(Consumer<Outcome> wanted) {
        listener = wanted;
        ofThisProcess.keySet().forEach(wanted);
    }
}
