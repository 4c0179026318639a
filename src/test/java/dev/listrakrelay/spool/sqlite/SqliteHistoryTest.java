package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The history is limited in time and in events, and its limits never delete a pending event. */
class SqliteHistoryTest extends SqliteFixture {

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void settledEventsAreKeptForTheirTimeAndThenTrimmedWithTheirSteps() {
        // given
        retention = new SpoolLimits(DAY, DAY, 1_000);
        open(1);
        append("1", "2");
        deliver();
        clock.advance(Duration.ofHours(25));
        append("3");
        deliver();
        open(1);
        assertEquals(3, number("SELECT count(*) FROM event"));

        // when
        clock.advance(Duration.ofHours(25));

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
        append("4");
        deliver();
        clock.advance(Duration.ofHours(1));
        append("5");
        deliver();
        assertEquals(2, number("SELECT count(*) FROM event"));
    }

    @Test
    void theOldestAreTrimmedWhenThereAreTooMany() {
        // given
        retention = new SpoolLimits(DAY, DAY, 100);
        open(2);
        int many = 9_000;
        append(IntStream.range(0, many).mapToObj(i -> "m" + i).toArray(String[]::new));

        // when
        deliver();
        clock.advance(ROUND);

        // then
        await().atMost(BOUND).until(() -> number("SELECT min(upto) FROM event") > many - 100);
        assertTrue(number("SELECT count(*) FROM event") >= 100);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM history WHERE block = 0") == 0);
    }

    @Test
    void anEventThatIsPendingIsNeverTrimmed() {
        // given
        retention = new SpoolLimits(DAY, DAY, 2);
        open(1);
        for (String id : List.of("1", "2", "3", "4", "5")) {
            append(id);
        }
        Batch batch = take();
        mark(batch, "1", new Settlement.Retry(clock.instant().plusSeconds(200_000), "429"));
        mark(batch, "2", new Settlement.Delivered());
        batch.commit();
        spool.release(0);

        // when
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event WHERE seq = 2") == 0);
        clock.advance(Duration.ofDays(3));

        // then
        assertEquals(4, deliver().size());
    }

    @Test
    void ifTheHistoryIsSwitchedOffItIsDeleted() {
        // given
        retention = new SpoolLimits(DAY, DAY, 1_000);
        open(1);
        append("1", "2");
        deliver();

        // when
        retention = new SpoolLimits(DAY, Duration.ZERO, 1_000);
        open(1);
        append("3");
        deliver();
        clock.advance(ROUND);

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") == 0);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM history") == 0);
    }
}
