package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.ByteBuffer;
import java.sql.SQLException;

/** Reads the ids of a run in order, and deletes the rows that it has read. At its end it deletes the run. */
final class RunReader {

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
