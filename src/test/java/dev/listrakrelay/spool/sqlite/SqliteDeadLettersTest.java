package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Search;
import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A search through dead letters doesn't load their payloads into the heap. */
class SqliteDeadLettersTest extends SqliteFixture {

    private static final int LETTERS = 3_000;
    private static final int PAYLOAD = 32_768;
    private static final long PAYLOADS = (long) LETTERS * PAYLOAD;

    @Test
    void pagesOfLargeDeadLettersUseNoHeapForTheirPayloads() {
        // given
        open(1);
        close();
        fill();
        open(1);

        // when
        long before = allocated();
        int found = 0;
        List<DeadLetter> page = spool.deadLetters().find(Search.ALL.page(Long.MAX_VALUE, 1_000));
        while (!page.isEmpty()) {
            found += page.size();
            page = spool.deadLetters()
                    .find(Search.ALL.page(page.get(page.size() - 1).event().seq(), 1_000));
        }
        int none = spool.deadLetters()
                .find(Search.ALL.with(Search.Field.OUTCOME, "expired"))
                .size();
        long bytes = allocated() - before;

        // then
        assertEquals(LETTERS, found);
        assertEquals(0, none);
        assertTrue(bytes < PAYLOADS / 4, bytes + " bytes of heap for payloads of " + PAYLOADS);
        assertEquals(
                PAYLOAD, spool.deadLetters().get(LETTERS).orElseThrow().event().raw().length);
    }

    @Test
    void aDeadLetterThatWaitsForReplayIsNotDeleted() {
        // given
        open(1);
        close();
        fill();
        open(1);
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();
        long waiting = spool.deadLetters().waitingForReplay();

        // when
        clock.advance(Duration.ofDays(60));
        append("makes the writer look again");
        await().during(Duration.ofSeconds(3)).atMost(BOUND).until(() -> number("SELECT count(*) FROM dead") == waiting);

        // then
        assertEquals(LETTERS - 500, waiting);
    }

    /** The bytes that all threads have allocated. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private void fill() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("events.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=OFF");
            statement.executeUpdate(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO dead (seq, message_id, source, type, name, contact, received_at, raw, reason, answer,
                        request, attempts, died_at)
                    SELECT i, 'm' || i, 'rest', 'page', '', 'c' || i, %d, zeroblob(%d), 'rejected', '400', '', 1, %d FROM n"""
                            .formatted(LETTERS, clock.millis(), PAYLOAD, clock.millis()));
            statement.executeUpdate(
                    "INSERT INTO tally VALUES ('accepted', '', %1$d), ('dead', 'rejected', %1$d)".formatted(LETTERS));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
