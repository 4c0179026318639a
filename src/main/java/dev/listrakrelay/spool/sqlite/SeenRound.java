package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;

/** Ids on their way into the tree, in order: the next slice with each commit, and with the last one the mark. */
final class SeenRound {

    private final IdMap ids;
    private final long[] order;
    private final long lastSeq;
    private int next;
    private int nextNow;
    private boolean isMarked;
    private boolean isMarkedNow;

    /**
     * @param ids those to bring there, its own from now on
     * @param lastSeq the last event whose id is among them or in the tree
     */
    SeenRound(IdMap ids, long lastSeq) {
        this.ids = ids;
        this.order = ids.firstHalves();
        this.lastSeq = lastSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    IdMap ids() {
        return ids;
    }

    /** Answers whether there was anything to write. */
    boolean write(SeenTable table, int most) throws SQLException {
        if (isMarkedNow) {
            return false;
        }
        int end = Math.min(order.length, nextNow + most);
        for (int i = nextNow; i < end; i++) {
            ids.forEachOf(order[i], table::add);
        }
        table.storeAdded();
        nextNow = end;
        if (end == order.length) {
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
