package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dedupe index over an empty file, and short methods for its operations. */
abstract class DedupeIndexFixture {

    static final int MORE_THAN_A_SLICE = 4_500;
    static final int MOST_SLICES = 100;
    static final int RUNS_TO_MERGE = 8;
    static final long DAY = Duration.ofHours(24).toMillis();

    @TempDir
    Path dir;

    SpoolConnection writer;
    DedupeIndex index;
    long lastSeq;

    @BeforeEach
    void open() throws Exception {
        writer = new SqliteDatabase(dir, "events").writer();
        index = new DedupeIndex(writer);
        mergeAll(0);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    int addAll(long now) throws Exception {
        int added = add(now);
        flush(now);
        mergeAll(now);
        return added;
    }

    void addInRounds(int flushes, long now) throws Exception {
        for (int flush = 0; flush < flushes; flush++) {
            for (int id = flush; id < MORE_THAN_A_SLICE; id += flushes) {
                index.add(numbered(id), now);
            }
            flush(now);
        }
    }

    /** Writes the ids in memory to a run. */
    void flush(long now) throws Exception {
        commit();
        index.beginFlush(now, ++lastSeq, true);
        assertTrue(index.merge(now));
        commit();
    }

    void mergeAll(long now) throws Exception {
        for (int slice = 0; index.merge(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still merging");
            commit();
        }
    }

    void forgetAll(long now) throws Exception {
        for (int slice = 0; index.deleteOld(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still forgetting");
            commit();
        }
    }

    /** Adds a fixed set of ids. Returns how many of them are new. */
    int add(long now) throws Exception {
        int added = 0;
        for (int id = 0; id < MORE_THAN_A_SLICE; id++) {
            added += index.add(numbered(id), now) ? 1 : 0;
        }
        return added;
    }

    int newAmongAll() throws Exception {
        return add(0);
    }

    boolean mergeAndCommit() throws Exception {
        boolean wasThereASlice = index.merge(0);
        commit();
        return wasThereASlice;
    }

    void commit() throws Exception {
        writer.commit();
        index.committed();
    }

    long inRuns() throws SQLException {
        return number("SELECT sum(length(ids)) / 24 FROM seen");
    }

    long number(String sql) throws SQLException {
        return writer.number(sql);
    }

    static EventId numbered(int id) {
        return new EventId(id * 7_919L, id);
    }

    static EventId id(String messageId) {
        return EventId.of("rest", messageId);
    }
}
