package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** While the spool is idle, it deletes data that is no longer needed, and nothing else. */
class SqliteRetentionTest extends SqliteFixture {
    @Test
    void settledEventsAreTrimmedAndPendingOnesNever() {
        // given
        open(1);
        for (String id : List.of("1", "2", "3", "4")) {
            append(id);
        }
        Batch batch = take();
        mark(batch, "1", new Settlement.Delivered());
        mark(batch, "2", new Settlement.Retry(clock.instant().plusSeconds(60), "429"));
        mark(batch, "3", new Settlement.Dropped("no_rule"));
        batch.commit();
        spool.release(0);

        // when
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 2);
        append("5");
        open(1);
        clock.advance(Duration.ofSeconds(60));

        // then
        assertEquals(
                List.of("2", "4", "5"), deliver().stream().map(Event::messageId).toList());
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
    }

    @Test
    void aSequenceNumberIsNeverGivenAgain() {
        // given
        open(3);
        append("1", "2", "3", "4", "5", "6");
        long highest = deliver().stream().mapToLong(Event::seq).max().orElseThrow();
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);

        // when
        for (int lanes : new int[] {3, 1, 4}) {
            open(lanes);
        }
        append("7");

        // then
        assertTrue(deliver().get(0).seq() > highest);
    }

    @Test
    void oldIdsAreForgottenWhenThereIsTime() {
        // given
        open(1);
        for (int i = 0; i < 21; i++) {
            int from = i * 1_000;
            append(IntStream.range(from, from + 1_000).mapToObj(n -> "m-" + n).toArray(String[]::new));
        }
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT coalesce(sum(length(ids)), 0) / 24 FROM seen") == 21_000);
        deliver();

        // when
        clock.advance(Duration.ofHours(24));

        // then
        await().atMost(BOUND).until(() -> number("SELECT coalesce(sum(length(ids)), 0) / 24 FROM seen") == 0);
    }

    @Test
    void deadLettersAreForgottenAfterTheirTime() {
        // given
        open(1);
        append("1");
        Batch batch = take();
        mark(batch, "1", new Settlement.Dead("rejected", ""));
        batch.commit();
        spool.release(0);
        clock.advance(Duration.ofDays(29));
        append("2");
        batch = take();
        mark(batch, "2", new Settlement.Dead("rejected", ""));
        batch.commit();

        // when
        clock.advance(Duration.ofDays(2));

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM dead") == 1);
        assertEquals(1, number("SELECT count(*) FROM dead WHERE message_id = '2'"));
        assertEquals(2L, spool.tally().get(new Spool.Outcome("dead", "rejected")));
    }
}
