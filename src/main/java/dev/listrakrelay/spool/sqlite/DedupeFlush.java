package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;

/** Ids on their way into a run, in order: the next slice with each commit, and with the last one the mark. */
final class DedupeFlush {

    private final IdMap ids;
    private final long[] order;
    private final long lastSeq;
    private RunWriter run;
    private int next;
    private boolean isWritten;
    private boolean isOver;

    /**
     * @param ids those to bring there, its own from now on
     * @param lastSeq the last event whose id is among them or in a run
     */
    DedupeFlush(IdMap ids, long lastSeq) {
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
    boolean write(DedupeTable seen, RunTable runs, int most) throws SQLException {
        if (isWritten) {
            return false;
        }
        if (run == null) {
            run = new RunWriter(runs, 1, ids.latest());
        }
        for (int end = Math.min(order.length, next + most); next < end; next++) {
            ids.forEachOf(order[next], run::add);
        }
        run.flush();
        if (next == order.length) {
            seen.mark(lastSeq);
            isWritten = true;
        }
        return true;
    }

    void committed() {
        isOver = isWritten;
    }

    /** It begins anew, with another run. */
    void undone() {
        if (!isOver) {
            run = null;
            next = 0;
            isWritten = false;
        }
    }

    boolean isOver() {
        return isOver;
    }
}
