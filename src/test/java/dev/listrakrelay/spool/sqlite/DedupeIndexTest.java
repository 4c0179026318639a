package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import org.junit.jupiter.api.Test;

/** An id is remembered for 24 h after it was last new, at every stage from memory to a run. */
class DedupeIndexTest extends DedupeIndexFixture {

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
        boolean firstIsNew = index.add(first, 0L);
        boolean secondIsNew = index.add(second, 0L);

        // then
        assertTrue(firstIsNew && secondIsNew);
    }

    @Test
    void anIdIsKnownAtEveryStepOfItsWayIntoARun() throws Exception {
        // given
        add(0);
        commit();
        index.beginFlush(0, ++lastSeq, true);

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
    void aNewIndexThatHasReadTheRunsIntoItsFilterKnowsTheirIds() throws Exception {
        // given
        addAll(0);

        // when
        index = new DedupeIndex(writer);
        int beforeItsFilterIsRead = newAmongAll();
        int filterReads = 0;
        while (index.fillFilter()) {
            filterReads++;
        }

        // then
        assertEquals(0, beforeItsFilterIsRead);
        assertTrue(filterReads > 0);
        assertEquals(0, newAmongAll());
        assertTrue(index.add(id("never came"), 0L));
    }

    @Test
    void anIdIsNewAgainAfterARollback() throws Exception {
        // given
        index.add(id("kept"), 0L);
        commit();
        index.beginFlush(0, 1, true);
        index.add(id("undone"), 0L);
        index.merge(0);

        // when
        writer.rollback();
        index.rolledBack();

        // then
        assertTrue(index.add(id("undone"), 0L));
        assertFalse(index.add(id("kept"), 0L));
    }

    @Test
    void aSliceThatIsUndoneIsMergedAgain() throws Exception {
        // given
        index.add(id("kept"), 0L);
        commit();
        index.beginFlush(0, 1, true);
        index.merge(0);
        writer.rollback();
        index.rolledBack();

        // when
        boolean wasThereASlice = mergeAndCommit();

        // then
        assertTrue(wasThereASlice);
        assertEquals(1, inRuns());
    }

    @Test
    void anIdThatIsKeptIsKnownAfterARestart() throws Exception {
        // given
        index.addSingle(new RunTable.StoredId(new EventId(7, 1), 0L));
        index.addSingle(new RunTable.StoredId(new EventId(7, 2), 0L));

        // when
        index = new DedupeIndex(writer);

        // then
        assertFalse(index.add(new EventId(7, 1), 0L));
        assertFalse(index.add(new EventId(7, 2), 0L));
        assertTrue(index.add(new EventId(7, 3), 0L));
    }

    @Test
    void anIdTwiceInOneTransactionIsNewOnce() throws Exception {
        // given
        boolean first = index.add(id("twice"), 0L);

        // when
        boolean second = index.add(id("twice"), 0L);

        // then
        assertTrue(first);
        assertFalse(second);
    }
}
