package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.EventStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes which dropped events wait for their replay, inside the transaction of a group commit. While an event waits,
 * its row is not deleted.
 *
 * <p>An event is added only if its last step says that it was dropped. Its replay is a later step, so it is replayed
 * once.
 */
final class DroppedReplayTable {

    private static final String DROPPED = "dropped";
    private static final String FORGOTTEN = "forgotten";

    private final SpoolConnection sql;

    DroppedReplayTable(SpoolConnection writer) {
        sql = writer;
    }

    /**
     * Adds the dropped ones of some events, which are in one block of 4,096 seqs. Returns how many did not wait before.
     */
    int add(long block, Collection<Long> seqs) throws SQLException {
        Map<Long, EventStep> last = HistoryTable.lastSteps(sql, block);
        int added = 0;
        for (long seq : seqs) {
            EventStep step = last.get(seq);
            if (step != null && step.outcome().equals(DROPPED) && !step.reason().equals(FORGOTTEN)) {
                added += sql.update("INSERT OR IGNORE INTO dropped_replay VALUES (?, ?)", seq, step.reason());
            }
        }
        return added;
    }

    /** Removes an event that was replayed, or does not exist any more. */
    void remove(long seq) throws SQLException {
        sql.update("DELETE FROM dropped_replay WHERE seq = ?", seq);
    }

    /** Groups seqs by their blocks of 4,096 seqs, in order. */
    static Map<Long, List<Long>> byBlock(Collection<Long> seqs) {
        Map<Long, List<Long>> blocks = new TreeMap<>();
        seqs.forEach(seq -> blocks.computeIfAbsent(SeqBlocks.of(seq), block -> new ArrayList<>())
                .add(seq));
        return blocks;
    }
}
