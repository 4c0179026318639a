package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQLite engine's file is private to its owner, and {@code sqlite3} can read it. */
class SqliteFileTest extends SqliteFixture {

    @Test
    void itsFilesAreReadableByTheirOwnerAlone() throws Exception {
        // given
        open(2);

        // when
        append("1");

        // then
        try (var files = Files.list(dir)) {
            List<Path> all = files.toList();
            assertTrue(all.contains(dir.resolve("events.db")));
            for (Path file : all) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file::toString);
            }
        }
    }

    @Test
    void aDeadEventIsKeptAsItCameWithItsReasonAndAnswer() {
        // given
        open(1);
        append("1");
        Batch batch = take();

        // when
        mark(batch, "1", new Settlement.Dead("rejected", "400 no such event"));
        batch.commit();
        clock.advance(ROUND);

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
        assertEquals(
                1,
                number("SELECT count(*) FROM dead WHERE message_id = '1' AND reason = 'rejected'"
                        + " AND answer = '400 no such event' AND raw = CAST('{}' AS BLOB) AND contact = 'contact-1'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 99})
    void aFileOfAnotherVersionIsRefusedWithTheWayOutAndKeepsItsEvents(int version) throws Exception {
        // given
        open(1);
        append("1");
        close();
        execute("PRAGMA user_version=" + version);

        // when
        SpoolUnavailable refused = assertThrows(SpoolUnavailable.class, () -> open(1));

        // then
        assertEquals(
                "spool.dir: can't open " + dir.resolve("events.db") + ", expected file version 1, found " + version
                        + "; let the release that wrote the file deliver or drain its events, then move the file away",
                refused.getMessage());
        assertEquals(1, number("SELECT count(*) FROM event"));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        // given
        Files.writeString(dir.resolve("events.db"), "this is no database, ".repeat(50));

        // when
        SpoolUnavailable refused = assertThrows(SpoolUnavailable.class, () -> open(1));

        // then
        assertTrue(
                refused.getMessage().startsWith("spool.dir: can't open " + dir.resolve("events.db") + ", "),
                refused::getMessage);
        assertFalse(refused.getMessage().endsWith("null"));
    }
}
