package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged file is found before it is used. Damage during use is reported, and stops writes that would make it worse.
 */
class DamagedFileTest extends SqliteFixture {

    private static final int EVENTS = 400;
    private static final int PAGE = 4096;

    @Test
    void soundFilesAndAnEmptyFolderHaveNoMistake() {
        // given
        List<String> before = FileCheck.mistakes(dir);

        // when
        fill();

        // then
        assertEquals(List.of(), before);
        assertEquals(List.of(), FileCheck.mistakes(dir));
        close();
        assertEquals(List.of(), FileCheck.mistakes(dir));
    }

    @Test
    void aGarbledPageIsReportedWithWhatToDoAndNothingIsChanged() throws IOException {
        // given
        fill();
        close();
        garblePageOf("event-200");
        byte[] before = Files.readAllBytes(file());

        // when
        String mistake = FileCheck.mistakes(dir).get(0);

        // then
        assertTrue(mistake.startsWith("spool.dir: " + file() + " is damaged, "), mistake);
        assertTrue(mistake.contains("According to its tally, it has 400 pending events"), mistake);
        assertTrue(mistake.contains("(sqlite3 events.db .dump | sed "), mistake);
        assertTrue(Arrays.equals(before, Files.readAllBytes(file())));
    }

    @Test
    void aTruncatedFileIsReported() throws IOException {
        // given
        fill();
        close();
        cutTo(Files.size(file()) / 2);

        // when
        List<String> mistakes = FileCheck.mistakes(dir);

        // then
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.get(0).startsWith("spool.dir: " + file() + " is damaged, "), mistakes::toString);
        assertTrue(mistakes.get(0).contains("PRAGMA user_version="), mistakes::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyOrMissingFileBesideALogIsReportedAndTheLogIsKept(boolean isThere) throws IOException {
        // given a log with all events, whose database file was lost
        fill();
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Files.copy(dir.resolve("events.db-wal"), elsewhere.resolve("events.db-wal"));
        if (isThere) {
            Files.createFile(elsewhere.resolve("events.db"));
        }

        // when
        List<String> mistakes = FileCheck.mistakes(elsewhere);

        // then
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.get(0).contains("nothing in it can be read"), mistakes::toString);
        assertTrue(Files.size(elsewhere.resolve("events.db-wal")) > 0);
    }

    @Test
    void aFileWithoutAByteIsDamageAndNoNewSpool() throws IOException {
        // given
        fill();
        close();
        cutTo(0);

        // when
        List<String> mistakes = SpoolFolder.mistakes(dir);

        // then
        assertEquals(
                List.of("spool.dir: " + file()
                        + " is damaged, expected a database, found an empty file. Nothing was changed in"
                        + " it, and nothing in it can be read. To continue without its events, move it and its -wal and -shm files"
                        + " away."),
                mistakes);
    }

    @Test
    void aSpoolThatWasNotMadeToTheEndIsMadeAnew() throws IOException {
        // given the file that is left if a start is killed while it creates the spool
        Files.write(dir.resolve("events.db-new"), new byte[100]);

        // when
        List<String> mistakes = SpoolFolder.mistakes(dir);
        fill();

        // then
        assertEquals(List.of(), mistakes);
        assertEquals(EVENTS, spool.pending());
        assertTrue(Files.notExists(dir.resolve("events.db-new")));
    }

    @Test
    void eventsBeforeADamagedPageAreHandedOutAndNothingNewIsAccepted() throws IOException {
        // given
        fill();
        open(1);
        garblePageOf("event-200");

        // when
        List<Event> delivered = new ArrayList<>();
        SpoolUnavailable damaged = assertThrows(SpoolUnavailable.class, () -> delivered.addAll(deliver()));

        // then
        assertTrue(damaged.getMessage().startsWith("spool: can't read lane 0, [SQLITE_CORRUPT"), damaged::getMessage);
        assertTrue(spool.pending() > 100 && spool.pending() <= 205, () -> "pending " + spool.pending());
        CompletionException refused = assertThrows(CompletionException.class, () -> append("late"));
        assertInstanceOf(SpoolUnavailable.class, refused.getCause());
        assertTrue(refused.getCause().getMessage().startsWith("spool.dir: " + file() + " is damaged, "));
        assertThrows(
                CompletionException.class,
                () -> spool.probe().toCompletableFuture().join());
    }

    /** Stores events that are large enough to fill many pages. */
    private void fill() {
        // settled events are kept, because deleting them would rewrite their pages
        retention = new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), EVENTS);
        open(1);
        append(IntStream.range(0, EVENTS)
                .mapToObj(i -> "event-" + i + "-" + "x".repeat(300))
                .toArray(String[]::new));
    }

    private Path file() {
        return dir.resolve("events.db");
    }

    private void garblePageOf(String text) throws IOException {
        int at = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1).lastIndexOf(text + "-");
        byte[] noise = new byte[PAGE];
        new Random(1).nextBytes(noise);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek((long) at / PAGE * PAGE);
            bytes.write(noise);
        }
    }

    private void cutTo(long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.setLength(length);
        }
    }
}
