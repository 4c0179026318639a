package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Ids on their way into the tree, in order: the next slice with each commit, and with the last one the mark. */
final class SeenRound {

    private static final Comparator<SeenTable.Seen> ORDER = Comparator.comparing(seen -> seen.id());

    private final List<SeenTable.Seen> ids;
    private final long lastSeq;
    private int next;
    private int nextNow;
    private boolean isMarked;
    private boolean isMarkedNow;

    /**
     * @param ids with the time each came at, in epoch milliseconds
     * @param lastSeq the last event whose id is among them or in the tree
     */
    SeenRound(Map<EventId, Long> ids, long lastSeq) {
        this.ids = ids.entrySet().stream()
                .map(id -> new SeenTable.Seen(id.getKey(), id.getValue()))
                .sorted(ORDER)
                .toList();
        this.lastSeq = lastSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    List<SeenTable.Seen> ids() {
        return ids;
    }

    boolean holds(EventId id, long since) {
        int at = Collections.binarySearch(ids, new SeenTable.Seen(id, 0), ORDER);
        return at >= 0 && ids.get(at).at() > since;
    }

    /** Answers whether there was anything to write. */
    boolean write(SeenTable table, int most) throws SQLException {
        if (isMarkedNow) {
            return false;
        }
        int end = Math.min(ids.size(), nextNow + most);
        table.store(ids.subList(nextNow, end));
        nextNow = end;
        if (end == ids.size()) {
            table.mark(lastSeq);
            isMarkedNow = true;
        }
        return true;
    }

    void committed() {
        next = nextNow;
        isMarked = isMarkedNow;
    }

    void undone() {
        nextNow = next;
        isMarkedNow = isMarked;
    }

    boolean isOver() {
        return isMarked;
    }
}
