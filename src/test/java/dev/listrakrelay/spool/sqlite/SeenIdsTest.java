package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids are remembered for 24 h from when they last came as new, also where nothing had time to forget old ones. */
class SeenIdsTest {

    private static final int ENOUGH_TO_MERGE = 20_000;
    private static final long DAY = Duration.ofHours(24).toMillis();

    @TempDir
    Path dir;

    private Connection writer;
    private SeenIds seen;

    @BeforeEach
    void open() throws Exception {
        writer = new SqliteDatabase(dir, "events").writer();
        seen = new SeenIds(writer);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void anIdThatCameAgainAfterADayIsRememberedFromThenOn() throws Exception {
        // given
        assertEquals(ENOUGH_TO_MERGE, addAll(0));
        assertEquals(0, addAll(DAY - 1));
        assertEquals(ENOUGH_TO_MERGE, addAll(DAY));

        // when
        int soonAfter = addAll(2 * DAY - 1);
        int aDayLater = addAll(2 * DAY);

        // then
        assertEquals(0, soonAfter);
        assertEquals(ENOUGH_TO_MERGE, aDayLater);
    }

    @Test
    void idsThatShareTheirFirstHalfAreTwo() throws Exception {
        // given
        SeenIds.Id first = new SeenIds.Id(7, 1);
        SeenIds.Id second = new SeenIds.Id(7, 2);

        // when
        boolean firstIsNew = seen.add(first, 0);
        boolean secondIsNew = seen.add(second, 0);

        // then
        assertEquals(true, firstIsNew && secondIsNew);
    }

    @Test
    void anIdThatComesAfterAMergeInTheSameTransactionIsKnownAfterTheCommit() throws Exception {
        // given
        seen.add(id("before"), 0);
        seen.merge(1);
        seen.add(id("after"), 0);

        // when
        commit();

        // then
        assertFalse(seen.add(id("before"), 0));
        assertFalse(seen.add(id("after"), 0));
    }

    @Test
    void whatIsUndoneIsNewAgain() throws Exception {
        // given
        seen.add(id("kept"), 0);
        commit();
        seen.add(id("undone"), 0);
        seen.merge(2);

        // when
        writer.rollback();
        seen.undone();

        // then
        assertTrue(seen.add(id("undone"), 0));
        assertFalse(seen.add(id("kept"), 0));
    }

    @Test
    void anIdTwiceInOneTransactionIsNewOnce() throws Exception {
        // given
        boolean first = seen.add(id("twice"), 0);

        // when
        boolean second = seen.add(id("twice"), 0);

        // then
        assertTrue(first);
        assertFalse(second);
    }

    private int addAll(long now) throws Exception {
        int added = 0;
        for (int id = 0; id < ENOUGH_TO_MERGE; id++) {
            added += seen.add(new SeenIds.Id(id * 7_919L, id), now) ? 1 : 0;
        }
        seen.merge(now);
        writer.commit();
        seen.committed();
        return added;
    }

    private void commit() throws Exception {
        writer.commit();
        seen.committed();
    }

    private static SeenIds.Id id(String messageId) {
        return SeenIds.Id.of("rest", messageId);
    }
}
