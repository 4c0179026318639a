package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolFull;
import dev.listrakrelay.spool.SpoolLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The SQLite spool accepts nothing beyond its size limit or if the disk is short of space. */
class SqliteCapacityTest extends SqliteFixture {

    private static final long ONE_MB = 1_000_000;
    private int sent;

    @Test
    void atTheCapNothingNewIsTakenAndNothingIsLostAndDeliveryMakesRoom() {
        // given
        retention = new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 200_000, ONE_MB, 0, 500, 25);
        open(1);

        // when
        await().atMost(BOUND).until(this::isRefused);

        // then
        assertInstanceOf(SpoolFull.class, probeFailure());
        assertEquals(sent, spool.pending());
        assertEquals(sent, deliver().size());
        await().atMost(BOUND).until(() -> !isRefused());
    }

    @Test
    void belowTheFloorOfFreeDiskNothingNewIsTaken() {
        // given
        retention = new SpoolLimits(
                Duration.ofDays(30), Duration.ofDays(1), 200_000, Long.MAX_VALUE, Long.MAX_VALUE, 500, 25);

        // when
        open(1);

        // then
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> spool.append(List.of(event())).toCompletableFuture().join());
        assertInstanceOf(SpoolFull.class, refused.getCause());
        assertInstanceOf(SpoolFull.class, probeFailure());
    }

    @Test
    void pagesThatCanBeUsedAgainCountAsFreeDiskUnlessTheLogHasNoRoom() {
        // when, then
        assertEquals(false, isShort(100 * ONE_MB, 0));
        assertEquals(true, isShort(90 * ONE_MB, 0));
        assertEquals(false, isShort(90 * ONE_MB, 10 * ONE_MB));
        assertEquals(true, isShort(90 * ONE_MB, 9 * ONE_MB));
        assertEquals(true, isShort(10 * ONE_MB, 1_000 * ONE_MB));
    }

    @Test
    void theLogGivesItsRoomBackWhenNothingIsWrittenForAWhile() {
        // given
        open(1);
        Path log = dir.resolve("events.db-wal");

        // when
        while (log.toFile().length() < 8 * ONE_MB) {
            assertEquals(false, isRefused());
        }

        // then
        await().atMost(BOUND).until(() -> log.toFile().length() == 0);
        assertEquals(sent, deliver().size());
    }

    /** Whether the disk is short of space if 100 MB must stay free. */
    private static boolean isShort(long free, long reusable) {
        return new SpoolCapacity(Long.MAX_VALUE, 100 * ONE_MB, () -> 0, () -> reusable, () -> free).isShort();
    }

    private Throwable probeFailure() {
        return assertThrows(
                        CompletionException.class,
                        () -> spool.probe().toCompletableFuture().join())
                .getCause();
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
