package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Remembers the last steps of events that this process did, two numbers and a reference each: events that share a step share
 * one, and everything else about them is in their topic.
 */
final class StepRing {

    private static final int MOST = 20_000;

    private final long[] seqs;
    private final EventStep[] steps;
    private int next;

    /** @param events 0 or more; of 20,000 at most */
    StepRing(int events) {
        int size = Math.min(events, MOST);
        this.seqs = new long[size];
        this.steps = new EventStep[size];
    }

    synchronized void add(Collection<Long> events, EventStep step) {
        if (seqs.length == 0) {
            return;
        }
        for (long seq : events) {
            seqs[next] = seq;
            steps[next] = step;
            next = (next + 1) % seqs.length;
        }
    }

    /** The steps of an event, the first one first. */
    synchronized List<EventStep> of(long seq) {
        List<EventStep> found = new ArrayList<>();
        for (int i = 0; i < seqs.length; i++) {
            int place = (next + i) % seqs.length;
            if (seqs[place] == seq && steps[place] != null) {
                found.add(steps[place]);
            }
        }
        return found;
    }

    /** The last step of each event that decided something about it. */
    synchronized Map<Long, EventStep> last() {
        Map<Long, EventStep> last = new HashMap<>();
        for (int i = 0; i < seqs.length; i++) {
            int place = (next + i) % seqs.length;
            if (steps[place] != null && !SentRequest.isRequest(steps[place].outcome())) {
                last.put(seqs[place], steps[place]);
            }
        }
        return last;
    }

    synchronized void forget(long seq) {
        for (int place = 0; place < seqs.length; place++) {
            if (seqs[place] == seq) {
                steps[place] = null;
            }
        }
    }

    /** Leaves out why something happened, where the reason is one of these. */
    synchronized void blank(Predicate<String> reasons) {
        for (int place = 0; place < seqs.length; place++) {
            EventStep step = steps[place];
            if (step != null && !step.reason().isEmpty() && reasons.test(step.reason())) {
                steps[place] = new EventStep(step.at(), step.outcome(), "");
            }
        }
    }
}
