package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.LaneChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which pending events were forgotten, until they are settled. Some are in a batch, and the outcome of the
 * batch must write nothing of them to disk again.
 */
final class ForgottenEvents {

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Set<Long> uncommitted = new HashSet<>();

    /** Whether it is on disk that an event was forgotten. */
    boolean contains(long seq) {
        return !known.isEmpty() && known.contains(seq);
    }

    /** Adds an event whose row says that it was forgotten. */
    void found(long seq) {
        known.add(seq);
    }

    /** Adds an event that this transaction forgets. Only the thread that writes calls it. */
    void add(long seq) {
        uncommitted.add(seq);
    }

    void committed() {
        known.addAll(uncommitted);
        uncommitted.clear();
    }

    void rolledBack() {
        uncommitted.clear();
    }

    /** Removes the settled events of a change. */
    void settled(LaneChange change) {
        if (!known.isEmpty()) {
            change.done().forEach(known::remove);
        }
    }

    /** The change without content of forgotten events. Those that are not delivered are dropped. */
    LaneChange without(LaneChange change) {
        return isEmpty() ? change : change.without(this::isForgotten);
    }

    /** The seqs without those of forgotten events. */
    List<Long> without(List<Long> seqs) {
        return isEmpty() ? seqs : seqs.stream().filter(seq -> !isForgotten(seq)).toList();
    }

    private boolean isEmpty() {
        return known.isEmpty() && uncommitted.isEmpty();
    }

    /** Whether an event was forgotten, by a commit or by this transaction. */
    boolean isForgotten(long seq) {
        return known.contains(seq) || uncommitted.contains(seq);
    }
}
