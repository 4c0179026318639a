package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The files of a spool contain no byte of a forgotten contact. */
class SqliteErasureTest extends SqliteFixture {

    private static final String ADA = "ada.the.forgotten@example.com";
    private static final Duration DAY = Duration.ofDays(1);

    private void store(int from, int to, String email) {
        List<Event> events = IntStream.range(from, to)
                .mapToObj(i -> new Event(
                        0,
                        "m" + i + email.hashCode(),
                        "rest",
                        "page",
                        "",
                        email,
                        Identity.told("user-of-" + email.substring(0, 3), null, email),
                        clock.instant(),
                        clock.instant(),
                        ("{\"email\":\"" + email + "\",\"more\":\"" + "x".repeat(i % 50 == 0 ? 9_000 : 300) + "\"}")
                                .getBytes(StandardCharsets.UTF_8)))
                .toList();
        spool.append(events).toCompletableFuture().join();
    }

    /**
     * Searches in another process, because opening and closing the file in this one would release the spool's locks.
     */
    private boolean isInFiles(String text) throws Exception {
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                ProcessBuilder grep = new ProcessBuilder("grep", "-a", "-i", "-q", "-F", text, file.toString());
                if (grep.start().waitFor() == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void nothingOfAForgottenContactIsLeftInTheFilesAndOtherEventsAre() throws Exception {
        // given
        retention = new SpoolLimits(DAY, DAY, 1_000).withIdentities(DAY.multipliedBy(365));
        open(1);
        for (int round = 0; round < 5; round++) {
            store(round * 100, round * 100 + 100, ADA);
            store(round * 100, round * 100 + 100, "ben@example.com");
            var batch = take();
            batch.forEach(event -> batch.mark(
                    event,
                    event.seq() % 10 == 0
                            ? new Settlement.Dead("rejected", "400 " + ADA, ADA)
                            : new Settlement.Delivered()));
            batch.commit();
            spool.release(0);
        }
        store(500, 600, ADA);
        store(500, 600, "ben@example.com");
        assertTrue(isInFiles(ADA));

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertFalse(isInFiles(ADA));
        assertTrue(isInFiles("ben@example.com"));
        assertTrue(forgotten.isRewritten());
        assertEquals(100, forgotten.pending());
        assertEquals(500, forgotten.settled());
        assertEquals(100, deliver().size());
        assertEquals(0, number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
    }

    @Test
    void trimmedEventsAreNotLeftInFreePages() throws Exception {
        // given
        open(1);
        store(0, 1_000, ADA);
        store(0, 10, "ben@example.com");
        deliver();
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
        assertTrue(isInFiles(ADA));

        // when
        spool.forget(ADA);

        // then
        assertFalse(isInFiles(ADA));
    }

    @Test
    void theSpoolAcceptsEventsAfterForgetting() {
        // given
        open(2);
        append("1");
        spool.forget(ADA);

        // when
        append("2");

        // then
        assertEquals(2, deliver().size());
        open(2);
        append("3");
        assertEquals(1, deliver().size());
    }
}
