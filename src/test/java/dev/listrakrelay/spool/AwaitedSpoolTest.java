package dev.listrakrelay.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.sqlite.SqliteSpool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A spool whose engine can't be reached accepts nothing and says why. It opens by itself when the engine is back. */
@Timeout(60)
class AwaitedSpoolTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int LANES = 2;

    @TempDir
    Path folder;

    /** The failure of opening the engine; empty if it can be opened. */
    private volatile Optional<SpoolUnavailable> away =
            Optional.of(new SpoolUnavailable("no answer from localhost:9092", null));

    private final SpoolOpening opening = new SpoolOpening("events", open());
    private final AwaitedSpool spool = new AwaitedSpool(opening, LANES);

    private Supplier<Spool> open() {
        return () -> {
            if (away.isPresent()) {
                throw away.get();
            }
            return new SqliteSpool(
                    folder,
                    "events",
                    LANES,
                    Clock.systemUTC(),
                    new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 1_000));
        };
    }

    @AfterEach
    void close() {
        spool.close();
    }

    private static Event event(String id) {
        return new Event(
                0, id, "rest", "track", "", "ada@example.com", Clock.systemUTC().instant(), new byte[] {'{', '}'});
    }

    @Test
    void whileItsEngineIsDownNothingIsAcceptedOrHandedOutAndItSaysWhy() throws Exception {
        // given
        await().atMost(BOUND).until(() -> opening.unavailable().getMessage().contains("no answer"));

        // when
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> spool.append(List.of(event("1"))).toCompletableFuture().join());
        CompletionException unready = assertThrows(
                CompletionException.class,
                () -> spool.probe().toCompletableFuture().join());
        Optional<Batch> batch = spool.take(0, 10, Duration.ZERO, Duration.ofMillis(1));

        // then
        assertTrue(refused.getCause() instanceof SpoolUnavailable, "answered with 503");
        assertEquals("no answer from localhost:9092", unready.getCause().getMessage());
        assertTrue(batch.isEmpty());
        assertEquals(0, spool.pending());
        assertEquals(LANES, spool.laneStates().size());
        assertThrows(SpoolUnavailable.class, spool::deadLetters);
    }

    @Test
    void whenItsEngineIsBackEveryUserOfTheSpoolCanUseIt() throws Exception {
        // given
        List<Spool> handed = new CopyOnWriteArrayList<>();
        List<Spool.Outcome> told = new CopyOnWriteArrayList<>();
        spool.then(handed::add);
        spool.onNewOutcome(told::add);
        assertFalse(opening.await(Duration.ofMillis(1)));

        // when
        away = Optional.empty();

        // then
        assertTrue(opening.await(BOUND));
        assertEquals(1, spool.append(List.of(event("1"))).toCompletableFuture().join());
        assertEquals(1, spool.pending());
        await().atMost(BOUND).until(() -> handed.size() == 1);
        await().atMost(BOUND).until(() -> told.equals(List.of(new Spool.Outcome("accepted", ""))));
        spool.probe().toCompletableFuture().join();
    }

    @Test
    void aSpoolThatIsRefusedIsNotOpenedAgain() throws Exception {
        // given
        List<String> told = new CopyOnWriteArrayList<>();
        opening.onRefused(refused -> told.add(refused.getMessage()));
        assertFalse(opening.await(Duration.ofMillis(1)));

        // when
        away = Optional.of(new SpoolRefused("expected 4 partitions, found 8", null));

        // then
        await().atMost(BOUND).until(() -> told.equals(List.of("expected 4 partitions, found 8")));
        assertThrows(SpoolRefused.class, () -> opening.await(BOUND));
    }

    @Test
    void aSpoolThatIsClosedMeanwhileIsNotOpenedAnyMore() throws Exception {
        // when
        spool.close();
        away = Optional.empty();

        // then
        assertFalse(opening.await(Duration.ofMillis(1)));
        assertFalse(folder.resolve("events.db").toFile().exists());
    }
}
