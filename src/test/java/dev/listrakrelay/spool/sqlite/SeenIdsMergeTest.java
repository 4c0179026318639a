package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenIdsMergeTest {

    private static final long NOW = 1_000_000_000_000L;

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
    void anIdThatComesAfterAMergeInTheSameTransactionIsKnownAfterTheCommit() throws Exception {
        // given
        seen.add(id("before"), NOW);
        seen.merge(1);
        seen.add(id("after"), NOW);

        // when
        commit();

        // then
        assertFalse(seen.add(id("before"), NOW));
        assertFalse(seen.add(id("after"), NOW));
    }

    @Test
    void whatIsUndoneIsNewAgain() throws Exception {
        // given
        seen.add(id("kept"), NOW);
        commit();
        seen.add(id("undone"), NOW);
        seen.merge(2);

        // when
        writer.rollback();
        seen.undone();

        // then
        assertTrue(seen.add(id("undone"), NOW));
        assertFalse(seen.add(id("kept"), NOW));
    }

    @Test
    void anIdTwiceInOneTransactionIsNewOnce() throws Exception {
        // given
        boolean first = seen.add(id("twice"), NOW);

        // when
        boolean second = seen.add(id("twice"), NOW);

        // then
        assertTrue(first);
        assertFalse(second);
    }

    private void commit() throws Exception {
        writer.commit();
        seen.committed();
    }

    private static SeenIds.Id id(String messageId) {
        return SeenIds.Id.of("rest", messageId);
    }
}
