package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.EventId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The embedded engine's file stays private, and readable with {@code sqlite3}. */
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

    @Test
    void aFileOfTheFirstReleaseIsMigratedWithWhatItHolds() throws Exception {
        // given
        fileOfTheFirstRelease();

        // when
        open(1);

        // then
        assertEquals("d", spool.deadLetters().find(Search.ALL).get(0).event().messageId());
        assertEquals(List.of("p"), deliver().stream().map(Event::messageId).toList());
    }

    @Test
    void idsThatHadARowEachAreKnownFromTheirRun() throws Exception {
        // given
        List<EventId> old =
                Stream.of("a", "b", "c").map(id -> EventId.of("rest", id)).toList();
        open(1);
        close();
        execute(
                "DROP TABLE seen_run",
                "DROP TABLE seen",
                "CREATE TABLE seen (id INTEGER PRIMARY KEY, rest INTEGER NOT NULL, at INTEGER NOT NULL)",
                "PRAGMA user_version=4");
        for (EventId id : old) {
            execute("INSERT INTO seen VALUES (%d, %d, %d)".formatted(id.first(), id.rest(), clock.millis()));
        }

        // when
        open(1);
        append("a", "b", "c", "new");

        // then
        assertEquals(List.of("new"), deliver().stream().map(Event::messageId).toList());
    }

    @Test
    void aFileOfALaterReleaseIsRefused() throws Exception {
        // given
        open(1);
        close();
        execute("PRAGMA user_version=99");

        // when
        SpoolUnavailable refused = assertThrows(SpoolUnavailable.class, () -> open(1));

        // then
        assertTrue(refused.getMessage().contains("later release"), refused::getMessage);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        // given
        Files.writeString(dir.resolve("events.db"), "this is no database, ".repeat(50));

        // when
        SpoolUnavailable refused = assertThrows(SpoolUnavailable.class, () -> open(1));

        // then
        assertTrue(
                refused.getMessage().startsWith("spool.dir: cannot open " + dir.resolve("events.db") + ", "),
                refused::getMessage);
        assertFalse(refused.getMessage().endsWith("null"));
    }
}
