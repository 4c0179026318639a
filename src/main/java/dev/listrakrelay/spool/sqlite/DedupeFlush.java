package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;

/** Writes the ids of a full memtable as a sorted run, a slice with each commit. The last slice marks their events. */
final class DedupeFlush {

    private final IdMap ids;
    private final long[] order;
    private final long lastSeq;
    private RunWriter run;
    private int next;
    private boolean isWritten;
    private boolean isDone;

    /**
     * @param ids memtable to write; it belongs to the flush from now on
     * @param lastSeq last event whose id is in the memtable or in a run
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

    /** Writes up to {@code most} ids. Returns whether there was anything to write. */
    boolean write(RunTable runs, int most) throws SQLException {
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
            runs.markFlushed(lastSeq);
            isWritten = true;
        }
        return true;
    }

    void committed() {
        isDone = isWritten;
    }

    /** Starts the flush again with another run, after a rollback. */
    void rolledBack() {
        if (!isDone) {
            run = null;
            next = 0;
            isWritten = false;
        }
    }

    boolean isDone() {
        return isDone;
    }
}
