package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Moves the ids of several runs into one, in order, a slice in each transaction, so that a look-up reads few runs. Each
 * id is in one run at any time. If a merge is interrupted, another one continues with the ids that are left.
 */
final class RunMerge {

    private final Queue<RunReader> byNextId = new PriorityQueue<>(Comparator.comparing(RunReader::id));
    private final int level;
    private final RunWriter merged;

    /**
     * @param from runs of one level
     * @param latest when the event of their latest id was accepted, in epoch milliseconds
     */
    RunMerge(RunTable runs, int level, List<Long> from, long latest) throws SQLException {
        this.level = level;
        this.merged = new RunWriter(runs, level + 1, latest);
        for (long run : from) {
            advance(new RunReader(runs, run));
        }
    }

    int level() {
        return level;
    }

    /** Moves the next ids, and drops those from before {@code since}. Returns whether none are left. */
    boolean write(int most, long since) throws SQLException {
        for (int i = 0;
                !byNextId.isEmpty()
                        && (i < most || merged.sharesRow(byNextId.peek().id()));
                i++) {
            RunReader next = byNextId.poll();
            if (next.at() > since) {
                merged.add(next.id(), next.at());
            }
            advance(next);
        }
        merged.flush();
        for (RunReader source : byNextId) {
            source.deleteRead();
        }
        return byNextId.isEmpty();
    }

    private void advance(RunReader source) throws SQLException {
        if (source.next()) {
            byNextId.add(source);
        }
    }

    /** Reads the ids of a run in order, and deletes the rows that it has read. At its end it deletes the run. */
    private static final class RunReader {

        private final RunTable runs;
        private final long run;
        private ByteBuffer row = ByteBuffer.allocate(0);
        private EventId id;
        private long at;

        RunReader(RunTable runs, long run) {
            this.runs = runs;
            this.run = run;
        }

        /** Moves to the next id. Returns whether there is one. */
        boolean next() throws SQLException {
            if (!row.hasRemaining()) {
                row = runs.rowAfter(run, id == null ? Long.MIN_VALUE : id.first());
            }
            if (!row.hasRemaining()) {
                runs.delete(run);
                return false;
            }
            id = new EventId(row.getLong(), row.getLong());
            at = row.getLong();
            return true;
        }

        EventId id() {
            return id;
        }

        /** Epoch milliseconds. */
        long at() {
            return at;
        }

        /** Deletes all rows before the row of the current id. */
        void deleteRead() throws SQLException {
            runs.deleteBefore(run, row.getLong(0));
        }
    }
}
