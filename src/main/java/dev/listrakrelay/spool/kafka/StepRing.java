package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Remembers the latest steps that this process did. An entry is a seq and a reference to a step, which several events
 * can share. All else about an event is in its topic.
 */
final class StepRing {

    private static final int MOST = 20_000;

    private final int most;
    private Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long seq, EventStep step) {}

    /** @param events the number of entries, 0 or more; at most 20,000 are used */
    StepRing(int events) {
        most = Math.min(events, MOST);
    }

    synchronized void add(Collection<Long> events, EventStep step) {
        for (long seq : events) {
            entries.addLast(new Entry(seq, step));
            if (entries.size() > most) {
                entries.removeFirst();
            }
        }
    }

    /** The steps of an event, in order. */
    synchronized List<EventStep> of(long seq) {
        return entries.stream()
                .filter(entry -> entry.seq() == seq)
                .map(Entry::step)
                .toList();
    }

    /** The last step of each event, without requests. */
    synchronized Map<Long, EventStep> last() {
        Map<Long, EventStep> last = new HashMap<>();
        entries.stream()
                .filter(entry -> !SentRequest.isRequest(entry.step().outcome()))
                .forEach(entry -> last.put(entry.seq(), entry.step()));
        return last;
    }

    /** The events with a step of some kind. */
    synchronized Set<Long> seqs(Predicate<EventStep> kind) {
        return entries.stream()
                .filter(entry -> kind.test(entry.step()))
                .map(Entry::seq)
                .collect(Collectors.toSet());
    }

    synchronized void forget(long seq) {
        entries.removeIf(entry -> entry.seq() == seq);
    }

    /** Erases the reasons of steps that meet a condition. */
    synchronized void blank(Predicate<String> reasons) {
        Deque<Entry> blanked = new ArrayDeque<>();
        for (Entry entry : entries) {
            EventStep step = entry.step();
            boolean isBlanked = !step.reason().isEmpty() && reasons.test(step.reason());
            blanked.addLast(isBlanked ? new Entry(entry.seq(), new EventStep(step.at(), step.outcome(), "")) : entry);
        }
        entries = blanked;
    }
}
