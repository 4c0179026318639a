package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine keeps the contract, and its file stays private, small and readable with {@code sqlite3}. */
class SqliteSpoolTest extends SpoolContractTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private Spool spool;

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(dir, "events", lanes, clock);
    }

    @AfterEach
    void close() {
        if (spool != null) {
            spool.close();
        }
    }

    @Test
    void itsFilesAreReadableByTheirOwnerAlone() throws Exception {
        // given
        spool = open(dir, 2, clock);

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
    void settledEventsAreTrimmedAndPendingOnesNever() {
        // given
        spool = open(dir, 1, clock);
        append("1", "2", "3", "4");
        Batch batch = take();
        mark(batch, "1", new Settlement.Delivered());
        mark(batch, "2", new Settlement.Retry(clock.instant().plusSeconds(60)));
        mark(batch, "3", new Settlement.Dropped("no_rule"));
        batch.commit();
        spool.release(0);

        // when
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 2);
        append("5");
        spool.close();
        spool = open(dir, 1, clock);
        clock.advance(Duration.ofSeconds(60));

        // then
        assertEquals(
                List.of("2", "4", "5"), deliver().stream().map(Event::messageId).toList());
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
    }

    @Test
    void aSequenceNumberIsNeverGivenAgain() {
        // given
        spool = open(dir, 3, clock);
        append("1", "2", "3", "4", "5", "6");
        long highest = deliver().stream().mapToLong(Event::seq).max().orElseThrow();
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);

        // when
        for (int lanes : new int[] {3, 1, 4}) {
            spool.close();
            spool = open(dir, lanes, clock);
        }
        append("7");

        // then
        assertTrue(deliver().get(0).seq() > highest);
    }

    @Test
    void aDeadEventIsKeptAsItCameWithItsReasonAndAnswer() {
        // given
        spool = open(dir, 1, clock);
        append("1");
        Batch batch = take();

        // when
        mark(batch, "1", new Settlement.Dead("rejected", "400 no such event"));
        batch.commit();

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
        assertEquals(
                1,
                number("SELECT count(*) FROM dead WHERE message_id = '1' AND reason = 'rejected'"
                        + " AND answer = '400 no such event' AND raw = CAST('{}' AS BLOB) AND contact = 'contact-1'"));
    }

    @Test
    void oldIdsAreForgottenWhenThereIsTime() {
        // given
        spool = open(dir, 1, clock);
        for (int i = 0; i < 21; i++) {
            int from = i * 1_000;
            append(java.util.stream.IntStream.range(from, from + 1_000)
                    .mapToObj(n -> "m-" + n)
                    .toArray(String[]::new));
        }
        assertTrue(number("SELECT count(*) FROM seen") >= 20_000);
        deliver();

        // when
        clock.advance(Duration.ofHours(24));

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM seen") == 0);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws Exception {
        // given
        Files.writeString(dir.resolve("events.db"), "this is no database, ".repeat(50));

        // when
        SpoolUnavailable refused = assertThrows(SpoolUnavailable.class, () -> open(dir, 1, clock));

        // then
        assertTrue(
                refused.getMessage().startsWith("spool.dir: cannot open " + dir.resolve("events.db") + ", "),
                refused::getMessage);
        assertFalse(refused.getMessage().endsWith("null"));
    }

    private void append(String... ids) {
        List<Event> events = java.util.Arrays.stream(ids)
                .map(id -> new Event(
                        0,
                        id,
                        "rest",
                        "page",
                        "",
                        "contact-" + id,
                        clock.instant(),
                        "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();
        spool.append(events).toCompletableFuture().join();
    }

    private Batch take() {
        return take(0).orElseThrow();
    }

    private java.util.Optional<Batch> take(int lane) {
        try {
            return spool.take(lane, 1_000, Duration.ZERO, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Event> deliver() {
        List<Event> delivered = new java.util.ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (var next = take(lane); next.isPresent(); next = take(lane)) {
                Batch batch = next.get();
                batch.forEach(event -> {
                    delivered.add(event);
                    batch.mark(event, new Settlement.Delivered());
                });
                batch.commit();
                spool.release(lane);
            }
        }
        return delivered;
    }

    private static void mark(Batch batch, String id, Settlement settlement) {
        batch.forEach(event -> {
            if (event.messageId().equals(id)) {
                batch.mark(event, settlement);
            }
        });
    }

    private long number(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("events.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
