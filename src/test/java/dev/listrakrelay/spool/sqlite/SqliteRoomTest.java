package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Retention;
import dev.listrakrelay.spool.SpoolFull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SqliteRoomTest extends SqliteFixture {

    private static final long ONE_MB = 1_000_000;
    private int sent;

    @Test
    void atTheCapNothingNewIsTakenAndNothingIsLostAndDeliveryMakesRoom() {
        // given
        retention = new Retention(Duration.ofDays(30), Duration.ofDays(1), 200_000, ONE_MB, 0, 500, 25);
        open(1);

        // when
        await().atMost(BOUND).until(this::isRefused);

        // then
        assertEquals(sent, spool.pending());
        assertEquals(sent, deliver().size());
        await().atMost(BOUND).until(() -> !isRefused());
    }

    @Test
    void belowTheFloorOfFreeDiskNothingNewIsTaken() {
        // given
        retention = new Retention(
                Duration.ofDays(30), Duration.ofDays(1), 200_000, Long.MAX_VALUE, Long.MAX_VALUE, 500, 25);

        // when
        open(1);

        // then
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> spool.append(List.of(event())).toCompletableFuture().join());
        assertInstanceOf(SpoolFull.class, refused.getCause());
    }

    private boolean isRefused() {
        try {
            spool.append(List.of(event())).toCompletableFuture().join();
            sent++;
            return false;
        } catch (CompletionException full) {
            return full.getCause() instanceof SpoolFull;
        }
    }

    private Event event() {
        return new Event(0, "m-" + sent, "rest", "track", "", "contact-" + sent, Instant.EPOCH, new byte[20_000]);
    }
}
