package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Remembers the latest steps that this process did, in a ring. An entry is a seq and a reference to a step, which
 * several events can share. All else about an event is in its topic.
 */
final class StepRing {

    private static final int MOST = 20_000;

    private final long[] seqs;
    private final EventStep[] steps;
    private int next;

    /** @param events the number of entries, 0 or more; at most 20,000 are used */
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

    /** The steps of an event, in order. */
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

    /** The last step of each event, without requests. */
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

    /** The events with a step of some kind. */
    synchronized Set<Long> seqs(Predicate<EventStep> kind) {
        Set<Long> found = new HashSet<>();
        for (int place = 0; place < seqs.length; place++) {
            if (steps[place] != null && kind.test(steps[place])) {
                found.add(seqs[place]);
            }
        }
        return found;
    }

    synchronized void forget(long seq) {
        for (int place = 0; place < seqs.length; place++) {
            if (seqs[place] == seq) {
                steps[place] = null;
            }
        }
    }

    /** Erases the reasons of steps that meet a condition. */
    synchronized void blank(Predicate<String> reasons) {
        for (int place = 0; place < seqs.length; place++) {
            EventStep step = steps[place];
            if (step != null && !step.reason().isEmpty() && reasons.test(step.reason())) {
                steps[place] = new EventStep(step.at(), step.outcome(), "");
            }
        }
    }
}
