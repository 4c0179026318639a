package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids are remembered for 24 h from when they last came as new, wherever they are on their way through the runs. */
class SeenIdsTest {

    private static final int MORE_THAN_A_SLICE = 4_500;
    private static final int MOST_SLICES = 100;
    private static final int RUNS_TO_MERGE = 8;
    private static final long DAY = Duration.ofHours(24).toMillis();

    @TempDir
    Path dir;

    private Connection writer;
    private SeenIds seen;
    private long lastSeq;

    @BeforeEach
    void open() throws Exception {
        writer = new SqliteDatabase(dir, "events").writer();
        seen = new SeenIds(writer);
        while (seen.merge(0)) {
            commit();
        }
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void anIdThatCameAgainAfterADayIsRememberedFromThenOn() throws Exception {
        // given
        assertEquals(MORE_THAN_A_SLICE, addAll(0));
        assertEquals(0, addAll(DAY - 1));
        assertEquals(MORE_THAN_A_SLICE, addAll(DAY));

        // when
        int soonAfter = addAll(2 * DAY - 1);
        int aDayLater = addAll(2 * DAY);

        // then
        assertEquals(0, soonAfter);
        assertEquals(MORE_THAN_A_SLICE, aDayLater);
    }

    @Test
    void idsThatShareTheirFirstHalfAreTwo() throws Exception {
        // given
        EventId first = new EventId(7, 1);
        EventId second = new EventId(7, 2);

        // when
        boolean firstIsNew = seen.add(first, 0L);
        boolean secondIsNew = seen.add(second, 0L);

        // then
        assertTrue(firstIsNew && secondIsNew);
    }

    @Test
    void anIdIsKnownAtEveryStepOfItsWayIntoARun() throws Exception {
        // given
        for (int id = 0; id < MORE_THAN_A_SLICE; id++) {
            seen.add(numbered(id), 0L);
        }
        commit();
        seen.beginRound(0, ++lastSeq, true);

        // when
        int steps = 0;
        do {
            assertEquals(0, newAmongAll(), "at step " + steps);
            assertTrue(++steps < MOST_SLICES, "still merging");
        } while (mergeAndCommit());

        // then
        assertEquals(MORE_THAN_A_SLICE, inRuns());
        assertTrue(steps > 2, "in " + steps + " steps");
    }

    @Test
    void aNewSeenThatHasReadTheRunsIntoItsFilterKnowsTheirIds() throws Exception {
        // given
        addAll(0);

        // when
        seen = new SeenIds(writer);
        int beforeItsFilterIsRead = newAmongAll();
        int filterReads = 0;
        while (seen.filter()) {
            filterReads++;
        }

        // then
        assertEquals(0, beforeItsFilterIsRead);
        assertTrue(filterReads > 0);
        assertEquals(0, newAmongAll());
        assertTrue(seen.add(id("never came"), 0L));
    }

    @Test
    void whatIsUndoneIsNewAgain() throws Exception {
        // given
        seen.add(id("kept"), 0L);
        commit();
        seen.beginRound(0, 1, true);
        seen.add(id("undone"), 0L);
        seen.merge(0);

        // when
        writer.rollback();
        seen.undone();

        // then
        assertTrue(seen.add(id("undone"), 0L));
        assertFalse(seen.add(id("kept"), 0L));
    }

    @Test
    void aSliceThatIsUndoneIsMergedAgain() throws Exception {
        // given
        seen.add(id("kept"), 0L);
        commit();
        seen.beginRound(0, 1, true);
        seen.merge(0);
        writer.rollback();
        seen.undone();

        // when
        boolean wasThereASlice = mergeAndCommit();

        // then
        assertTrue(wasThereASlice);
        assertEquals(1, inRuns());
    }

    @Test
    void anIdIsKnownAtEveryStepOfItsWayIntoALargerRunAndAfterARestartAtAny() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);

        // when
        int steps = 0;
        do {
            assertEquals(0, newAmongAll(), "at step " + steps);
            SeenIds running = seen;
            seen = new SeenIds(writer);
            assertEquals(0, newAmongAll(), "restarted at step " + steps);
            seen = running;
            assertTrue(++steps < MOST_SLICES, "still merging");
        } while (mergeAndCommit());

        // then
        assertEquals(1, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        assertEquals(MORE_THAN_A_SLICE, inRuns());
        assertTrue(steps > 2, "in " + steps + " steps");
    }

    @Test
    void aMergeThatIsCutOffIsGoneOnWithByAnother() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);
        mergeAndCommit();
        assertEquals(RUNS_TO_MERGE + 1, number("SELECT count(DISTINCT run) FROM seen"));

        // when
        seen = new SeenIds(writer);
        mergeAll(0L);

        // then
        assertEquals(2, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        assertEquals(2, number("SELECT count(DISTINCT run) FROM seen"));
        seen = new SeenIds(writer);
        assertEquals(0, newAmongAll());
    }

    @Test
    void aMergeThatIsUndoneIsGoneOnWithByAnother() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);
        mergeAndCommit();
        seen.merge(0L);
        writer.rollback();
        seen.undone();

        // when
        mergeAll(0L);

        // then
        assertEquals(0, number("SELECT count(*) FROM seen_run WHERE level = 1"));
        seen = new SeenIds(writer);
        assertEquals(0, newAmongAll());
    }

    @Test
    void aLargeMergeWaitsForASmallerOneThatIsDue() throws Exception {
        // given
        for (int run = 0; run < RUNS_TO_MERGE; run++) {
            addInRounds(RUNS_TO_MERGE, run * DAY);
            while (number("SELECT count(*) FROM seen_run WHERE level = 1") > 0) {
                assertTrue(mergeAndCommit());
            }
        }
        mergeAndCommit();
        assertEquals(1, number("SELECT count(*) FROM seen_run WHERE level = 3"));
        addInRounds(RUNS_TO_MERGE, RUNS_TO_MERGE * DAY);

        // when
        while (number("SELECT count(*) FROM seen_run WHERE level = 1") > 0) {
            assertTrue(mergeAndCommit());
        }

        // then
        assertEquals(RUNS_TO_MERGE + 1, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        mergeAll(0L);
        assertEquals(1, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        assertEquals(0, newAmongAll());
    }

    @Test
    void idsOfMoreThanADayAgoStayOutOfALargerRun() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE - 1, 0L);
        seen.add(id("young"), 1L);
        round(1L);

        // when
        mergeAll(DAY);
        forgetAll(DAY);

        // then
        assertEquals(1, number("SELECT sum(length(ids)) / 24 FROM seen"));
        assertFalse(seen.add(id("young"), DAY));
    }

    @Test
    void nothingIsLeftOfIdsOfMoreThanADayAgo() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE + 1, 0L);
        mergeAll(0L);
        seen.keep(new SeenTable.Seen(id("kept"), 0L));

        // when
        forgetAll(DAY);

        // then
        assertEquals(0, number("SELECT count(*) FROM seen"));
        assertEquals(0, number("SELECT count(*) FROM seen_run"));
    }

    @Test
    void idsThatShareTheirFirstHalfAreAllFoundHoweverManyTheyAre() throws Exception {
        // given
        int many = 600;
        for (int round = 0; round < RUNS_TO_MERGE; round++) {
            for (int i = 0; i < many; i++) {
                seen.add(new EventId(i % 20 == 0 ? i : 30, round * many + i), 0L);
            }
            round(0L);
        }

        // when
        mergeAll(0L);
        seen = new SeenIds(writer);

        // then
        assertEquals(1, number("SELECT count(*) FROM seen_run"));
        for (int i = 0; i < many * RUNS_TO_MERGE; i++) {
            assertFalse(seen.add(new EventId(i % many % 20 == 0 ? i % many : 30, i), 0L), "id " + i);
        }
    }

    @Test
    void anIdThatIsKeptIsKnownAfterARestart() throws Exception {
        // given
        seen.keep(new SeenTable.Seen(new EventId(7, 1), 0L));
        seen.keep(new SeenTable.Seen(new EventId(7, 2), 0L));

        // when
        seen = new SeenIds(writer);

        // then
        assertFalse(seen.add(new EventId(7, 1), 0L));
        assertFalse(seen.add(new EventId(7, 2), 0L));
        assertTrue(seen.add(new EventId(7, 3), 0L));
    }

    @Test
    void anIdTwiceInOneTransactionIsNewOnce() throws Exception {
        // given
        boolean first = seen.add(id("twice"), 0L);

        // when
        boolean second = seen.add(id("twice"), 0L);

        // then
        assertTrue(first);
        assertFalse(second);
    }

    private int addAll(long now) throws Exception {
        int added = 0;
        for (int id = 0; id < MORE_THAN_A_SLICE; id++) {
            added += seen.add(numbered(id), now) ? 1 : 0;
        }
        round(now);
        mergeAll(now);
        return added;
    }

    private void addInRounds(int rounds, long now) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (int id = round; id < MORE_THAN_A_SLICE; id += rounds) {
                seen.add(numbered(id), now);
            }
            round(now);
        }
    }

    /** What came until now is in a run. */
    private void round(long now) throws Exception {
        commit();
        seen.beginRound(now, ++lastSeq, true);
        assertTrue(seen.merge(now));
        commit();
    }

    private void mergeAll(long now) throws Exception {
        for (int slice = 0; seen.merge(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still merging");
            commit();
        }
    }

    private void forgetAll(long now) throws Exception {
        for (int slice = 0; seen.forget(now); slice++) {
            assertTrue(slice < MOST_SLICES, "still forgetting");
            commit();
        }
    }

    private int newAmongAll() throws Exception {
        int added = 0;
        for (int id = 0; id < MORE_THAN_A_SLICE; id++) {
            added += seen.add(numbered(id), 0L) ? 1 : 0;
        }
        return added;
    }

    private boolean mergeAndCommit() throws Exception {
        boolean wasThereASlice = seen.merge(0);
        commit();
        return wasThereASlice;
    }

    private void commit() throws Exception {
        writer.commit();
        seen.committed();
    }

    private long inRuns() throws SQLException {
        return number("SELECT sum(length(ids)) / 24 FROM seen");
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private static EventId numbered(int id) {
        return new EventId(id * 7_919L, id);
    }

    private static EventId id(String messageId) {
        return EventId.of("rest", messageId);
    }
}
