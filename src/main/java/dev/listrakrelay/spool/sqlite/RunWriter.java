package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Writes sorted ids as a run, inside the transactions of group commits.
 *
 * <p>A row has 40 ids, or more if they share their first half. SQLite fills pages of 4 KiB well with rows of that size
 * (sqlite.org/fileformat2.html, section 1.6).
 */
final class RunWriter {

    /** The two halves of an id, and the time of its event. */
    static final int BYTES_OF_AN_ID = 3 * Long.BYTES;

    private static final int IDS_IN_A_ROW = 40;

    private final RunTable runs;
    private final int level;
    private final long latest;
    private ByteBuffer row = ByteBuffer.allocate(IDS_IN_A_ROW * BYTES_OF_AN_ID);
    private long run;
    private boolean isBegun;
    private long first;
    private long last;

    /**
     * @param level one more than the level of the merged runs; 1 for a flush
     * @param latest time of the latest id, in epoch milliseconds
     */
    RunWriter(RunTable runs, int level, long latest) {
        this.runs = runs;
        this.level = level;
        this.latest = latest;
    }

    void add(EventId id, long at) throws SQLException {
        if (!row.hasRemaining()) {
            makeSpace(id.first());
        }
        if (row.position() == 0) {
            first = id.first();
        }
        row.putLong(id.first()).putLong(id.rest()).putLong(at);
        last = id.first();
    }

    /** Whether an id has to be in the row of the last one, because rows are found by first halves. */
    boolean sharesRow(EventId id) {
        return row.position() > 0 && id.first() == last;
    }

    private void makeSpace(long half) throws SQLException {
        if (half == last) {
            row = ByteBuffer.allocate(2 * row.capacity()).put(row.flip());
        } else {
            writeRow();
        }
    }

    private void writeRow() throws SQLException {
        if (!isBegun) {
            run = runs.begin(level, latest);
            isBegun = true;
        }
        runs.add(run, first, Arrays.copyOf(row.array(), row.position()));
        row.clear();
    }

    /** Writes all added ids in the transaction. */
    void flush() throws SQLException {
        if (row.position() > 0) {
            writeRow();
        }
    }
}
