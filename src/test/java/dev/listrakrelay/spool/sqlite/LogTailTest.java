package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a crash left of the log is told before SQLite leaves the rest of it out in silence. */
class LogTailTest extends SqliteFixture {

    private static final int FRAME = 24 + 4096;

    private Path crashed;
    private Path log;

    /** A copy of the files while they are in use is what a crash leaves behind. */
    @BeforeEach
    void crash() throws IOException {
        open(1);
        IntStream.range(0, 20).forEach(i -> append("event-" + i));
        crashed = Files.createDirectory(dir.resolve("crashed"));
        log = crashed.resolve("events.db-wal");
        copy();
        dir = crashed;
    }

    private void copy() throws IOException {
        for (String file : List.of("events.db", "events.db-wal")) {
            Files.copy(dir.resolve(file), crashed.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void aWholeLogHasNothingToTell() throws IOException {
        assertEquals(Optional.empty(), report());
    }

    @Test
    void aWriteThatWasCutOffWasNotAcknowledged() throws IOException {
        // given the first half of a page that no transaction's end follows
        byte[] whole = Files.readAllBytes(log);
        byte[] begun = Arrays.copyOfRange(whole, whole.length - FRAME, whole.length - FRAME / 2);
        Arrays.fill(begun, 4, 8, (byte) 0);
        Files.write(log, begun, StandardOpenOption.APPEND);

        // when
        String report = report().orElseThrow();

        // then
        assertTrue(report.startsWith(log + ": " + (whole.length - 32) / FRAME + " pages are kept, 1 after"), report);
        assertTrue(report.endsWith("and not acknowledged"), report);
        assertEquals(20, delivered().size());
    }

    @Test
    void aGarbledTransactionIsToldAndAllBeforeItIsKept() throws IOException {
        // given
        int first = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).indexOf("event-19");
        garble(log, first);

        // when
        String report = report().orElseThrow();

        // then
        assertTrue(report.endsWith("those events are missing"), report);
        assertEquals(IntStream.range(0, 19).mapToObj(i -> "event-" + i).toList(), delivered());
    }

    @Test
    void aGarbledBeginningIsToldBecauseNothingIsKept() throws IOException {
        // given
        garble(log, 16);

        // when
        String report = report().orElseThrow();

        // then
        assertTrue(report.contains("its beginning is not whole, so none of its pages can be read"), report);
        assertTrue(report.endsWith("those events are missing"), report);
        assertEquals(List.of(), delivered());
    }

    @Test
    void pagesOfAnEarlierTimeBehindTheLastOnesAreNoDamage() throws Exception {
        // given a log that was begun anew after all of it had been moved to its place
        close();
        dir = Files.createDirectory(crashed.resolve("begun-anew"));
        try (Connection writer = new SqliteDatabase(dir, "events").writer()) {
            for (int i = 0; i < 20; i++) {
                write(writer, "earlier-" + i);
            }
            long salts = salts(dir.resolve("events.db-wal"));
            try (Statement checkpoint = writer.createStatement()) {
                checkpoint.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            write(writer, "later");

            // when
            copy();

            // then
            assertTrue(salts(log) != salts);
            assertTrue(Files.size(log) > 20 * FRAME);
            assertEquals(Optional.empty(), report());
        }
    }

    private static void write(Connection writer, String outcome) throws SQLException {
        try (Statement insert = writer.createStatement()) {
            insert.execute("INSERT INTO tally VALUES ('" + outcome + "', '', 1)");
        }
        writer.commit();
    }

    private Optional<String> report() throws IOException {
        return LogTail.report(crashed.resolve("events.db"));
    }

    private List<String> delivered() {
        open(1);
        return deliver().stream().map(Event::messageId).toList();
    }

    private static long salts(Path log) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "r")) {
            bytes.seek(16);
            return bytes.readLong();
        }
    }

    private static void garble(Path file, long at) throws IOException {
        byte[] noise = new byte[8];
        new Random(1).nextBytes(noise);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(noise);
        }
    }
}
