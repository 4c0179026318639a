package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.EventStep;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes which dead letters and dropped events wait for their replay, inside the transaction of a group commit. It finds
 * the next ones, together in the order of their seqs. While a dropped event waits, its block is not deleted.
 *
 * <p>A dropped event is added only if its last step says that it was dropped. Its replay is a later step, so it is
 * replayed once.
 */
final class ReplayTable {

    private static final String DROPPED = "dropped";
    private static final String FORGOTTEN = "forgotten";

    private static final String PENDING =
            """
            SELECT seq FROM event WHERE replayed_at IS NOT NULL AND (seq IN (SELECT seq FROM open)
              OR seq > (SELECT head FROM lane WHERE lane.lane = event.lane))""";

    private final SpoolConnection sql;

    /** A dead letter or a dropped event that waits for its replay. */
    record WaitingReplay(long seq, String reason, boolean isDropped) {}

    ReplayTable(SpoolConnection writer) {
        sql = writer;
    }

    /** Adds the dead letters that meet the conditions. Returns how many did not wait before. */
    int add(SearchConditions conditions) throws SQLException {
        return sql.update(
                "INSERT OR IGNORE INTO replay (seq) SELECT seq FROM dead WHERE " + conditions.sql(),
                conditions.values().toArray());
    }

    /**
     * Adds the dropped ones of some events, which are in one block of 4,096 seqs. Returns how many did not wait before.
     */
    int addDropped(long block, Collection<Long> seqs) throws SQLException {
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

    /** The first {@code max} dead letters and dropped events that wait, in the order of their seqs. */
    List<WaitingReplay> next(int max) throws SQLException {
        return sql.list(
                "SELECT replay.seq, reason, 0 FROM replay JOIN dead ON dead.seq = replay.seq"
                        + " UNION ALL SELECT seq, reason, 1 FROM dropped_replay ORDER BY 1 LIMIT ?",
                row -> new WaitingReplay(row.getLong(1), row.getString(2), row.getBoolean(3)),
                max);
    }

    /** Removes a dead letter or a dropped event that was replayed, or does not exist any more. */
    void remove(long seq) throws SQLException {
        sql.update("DELETE FROM replay WHERE seq = ?", seq);
        sql.update("DELETE FROM dropped_replay WHERE seq = ?", seq);
    }

    /** The number of dead letters and dropped events that wait. */
    long count() throws SQLException {
        return sql.number("SELECT (SELECT count(*) FROM replay) + (SELECT count(*) FROM dropped_replay)");
    }

    /** The seqs of replayed events that are not settled. */
    List<Long> pending() throws SQLException {
        return sql.numbers(PENDING);
    }
}
