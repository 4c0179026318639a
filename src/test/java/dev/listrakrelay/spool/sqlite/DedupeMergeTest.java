package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import org.junit.jupiter.api.Test;

/** Merging runs into larger ones loses no id, even if the merge is interrupted. */
class DedupeMergeTest extends DedupeIndexFixture {

    @Test
    void anIdIsKnownAtEveryStepOfAMergeAndAfterARestartAtAnyStep() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);

        // when
        int steps = 0;
        do {
            assertEquals(0, newAmongAll(), "at step " + steps);
            DedupeIndex running = index;
            index = new DedupeIndex(writer);
            assertEquals(0, newAmongAll(), "restarted at step " + steps);
            index = running;
            assertTrue(++steps < MOST_SLICES, "still merging");
        } while (mergeAndCommit());

        // then
        assertEquals(1, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        assertEquals(MORE_THAN_A_SLICE, inRuns());
        assertTrue(steps > 2, "in " + steps + " steps");
    }

    @Test
    void aMergeThatIsInterruptedIsContinuedByAnother() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);
        mergeAndCommit();
        assertEquals(RUNS_TO_MERGE + 1, number("SELECT count(DISTINCT run) FROM seen"));

        // when
        index = new DedupeIndex(writer);
        mergeAll(0L);

        // then
        assertEquals(2, number("SELECT count(*) FROM seen_run WHERE level = 2"));
        assertEquals(2, number("SELECT count(DISTINCT run) FROM seen"));
        index = new DedupeIndex(writer);
        assertEquals(0, newAmongAll());
    }

    @Test
    void aMergeThatIsRolledBackIsContinuedByAnother() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE, 0L);
        mergeAndCommit();
        index.merge(0L);
        writer.rollback();
        index.rolledBack();

        // when
        mergeAll(0L);

        // then
        assertEquals(0, number("SELECT count(*) FROM seen_run WHERE level = 1"));
        index = new DedupeIndex(writer);
        assertEquals(0, newAmongAll());
    }

    @Test
    void aLargeMergeWaitsForASmallerOneThatIsDue() throws Exception {
        // given
        for (int run = 0; run < RUNS_TO_MERGE; run++) {
            addInRounds(RUNS_TO_MERGE, run * DAY);
            mergeSmallest();
        }
        mergeAndCommit();
        assertEquals(1, number("SELECT count(*) FROM seen_run WHERE level = 3"));
        addInRounds(RUNS_TO_MERGE, RUNS_TO_MERGE * DAY);

        // when
        mergeSmallest();

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
        index.add(id("young"), 1L);
        flush(1L);

        // when
        mergeAll(DAY);
        forgetAll(DAY);

        // then
        assertEquals(1, number("SELECT sum(length(ids)) / 24 FROM seen"));
        assertFalse(index.add(id("young"), DAY));
    }

    @Test
    void nothingIsLeftOfIdsOfMoreThanADayAgo() throws Exception {
        // given
        addInRounds(RUNS_TO_MERGE + 1, 0L);
        mergeAll(0L);
        index.addSingle(new RunTable.StoredId(id("kept"), 0L));

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
        for (int flush = 0; flush < RUNS_TO_MERGE; flush++) {
            for (int i = 0; i < many; i++) {
                index.add(new EventId(i % 20 == 0 ? i : 30, flush * many + i), 0L);
            }
            flush(0L);
        }

        // when
        mergeAll(0L);
        index = new DedupeIndex(writer);

        // then
        assertEquals(1, number("SELECT count(*) FROM seen_run"));
        for (int i = 0; i < many * RUNS_TO_MERGE; i++) {
            assertFalse(index.add(new EventId(i % many % 20 == 0 ? i % many : 30, i), 0L), "id " + i);
        }
    }

    private void mergeSmallest() throws Exception {
        for (int slice = 0; number("SELECT count(*) FROM seen_run WHERE level = 1") > 0; slice++) {
            assertTrue(slice < MOST_SLICES, "still merging");
            assertTrue(mergeAndCommit());
        }
    }
}
