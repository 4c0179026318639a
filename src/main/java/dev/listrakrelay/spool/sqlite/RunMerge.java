package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/** Makes one run of those of a level, a slice in each transaction, so that there are never many to look through. */
final class RunMerge {

    private final RunTable runs;
    private final List<Long> merging;
    private final Queue<RunReader> byNextId = new PriorityQueue<>(Comparator.comparing(RunReader::id));
    private final RunWriter merged;

    /** @param merging those of the level */
    RunMerge(RunTable runs, int level, List<Long> merging) throws SQLException {
        this.runs = runs;
        this.merging = merging;
        for (long run : merging) {
            advance(new RunReader(runs, run));
        }
        this.merged = new RunWriter(runs, level + 1);
    }

    /** Writes the next ids, without those from before {@code since}; answers whether that were all. */
    boolean write(int most, long since) throws SQLException {
        for (int i = 0; i < most && !byNextId.isEmpty(); i++) {
            RunReader next = byNextId.poll();
            if (next.at() > since) {
                merged.add(next.id(), next.at());
            }
            advance(next);
        }
        merged.flush();
        if (!byNextId.isEmpty()) {
            return false;
        }
        merged.end();
        for (long run : merging) {
            runs.count(run, RunTable.NEVER);
        }
        return true;
    }

    private void advance(RunReader run) throws SQLException {
        if (run.next()) {
            byNextId.add(run);
        }
    }
}
