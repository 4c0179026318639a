package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.LaneChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which pending events were forgotten, until they are settled: some are in a batch on its way, whose outcome must
 * bring nothing of them back to disk.
 */
final class ForgottenEvents {

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Set<Long> uncommitted = new HashSet<>();

    /** Whether it is on disk that an event was forgotten. */
    boolean holds(long seq) {
        return !known.isEmpty() && known.contains(seq);
    }

    /** One whose row says so. */
    void found(long seq) {
        known.add(seq);
    }

    /** One that is being forgotten; for the one thread that writes. */
    void add(long seq) {
        uncommitted.add(seq);
    }

    void committed() {
        known.addAll(uncommitted);
        uncommitted.clear();
    }

    void undone() {
        uncommitted.clear();
    }

    /** They are done with. */
    void settled(LaneChange change) {
        if (!known.isEmpty()) {
            change.done().forEach(known::remove);
        }
    }

    /** The same without anything of what was forgotten: of that, what was not delivered is dropped. */
    LaneChange without(LaneChange change) {
        return known.isEmpty() && uncommitted.isEmpty() ? change : change.without(this::isForgotten);
    }

    /** The same without what was forgotten. */
    List<Long> without(List<Long> seqs) {
        return known.isEmpty() && uncommitted.isEmpty()
                ? seqs
                : seqs.stream().filter(seq -> !isForgotten(seq)).toList();
    }

    private boolean isForgotten(long seq) {
        return known.contains(seq) || uncommitted.contains(seq);
    }
}
