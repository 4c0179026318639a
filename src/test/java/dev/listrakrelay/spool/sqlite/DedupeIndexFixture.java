package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What came by its ids, over an empty file, and short words for what is done with it. */
abstract class DedupeIndexFixture {

    static final int MORE_THAN_A_SLICE = 4_500;
    static final int MOST_SLICES = 100;
    static final int RUNS_TO_MERGE = 8;
    static final long DAY = Duration.ofHours(24).toMillis();

    @TempDir
    Path dir;

    Connection writer;
    DedupeIndex seen;
    long lastSeq;

    @BeforeEach
    void open() throws Exception {
        writer = new SqliteDatabase(dir, "events").writer();
        seen = new DedupeIndex(writer);
        mergeAll(0);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    int addAll(long now) throws Exception {
        int added = add(now);
        round(now);
        mergeAll(now);
        return added;
    }

    void addInRounds(int rounds, long now) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (int id = round; id < MORE_THAN_A_SLICE; id += rounds) {
                seen.add(numbered(id), now);
            }
            round(now);
        }
    }

    /** What came until now is in a run. */
    void round(long now) throws Exception {
        commit();
        seen.beginRound(now, ++lastSeq, true);
        assertTrue(seen.merge(now));
        commit();
    }

    void mergeAll(long now) throws Exception {
        for (int slice = 0; seen.merge(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still merging");
            commit();
        }
    }

    void forgetAll(long now) throws Exception {
        for (int slice = 0; seen.forget(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still forgetting");
            commit();
        }
    }

    /** How many are new of a number of ids that come now, the same ones each time. */
    int add(long now) throws Exception {
        int added = 0;
        for (int id = 0; id < MORE_THAN_A_SLICE; id++) {
            added += seen.add(numbered(id), now) ? 1 : 0;
        }
        return added;
    }

    int newAmongAll() throws Exception {
        return add(0);
    }

    boolean mergeAndCommit() throws Exception {
        boolean wasThereASlice = seen.merge(0);
        commit();
        return wasThereASlice;
    }

    void commit() throws Exception {
        writer.commit();
        seen.committed();
    }

    long inRuns() throws SQLException {
        return number("SELECT sum(length(ids)) / 24 FROM seen");
    }

    long number(String sql) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    static EventId numbered(int id) {
        return new EventId(id * 7_919L, id);
    }

    static EventId id(String messageId) {
        return EventId.of("rest", messageId);
    }
}
