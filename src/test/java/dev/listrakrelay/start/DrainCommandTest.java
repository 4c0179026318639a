package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Drain;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolStore;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command drain: its output and its exit code. */
class DrainCommandTest {

    private static final SpoolLimits RETENTION = new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 1_000);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void everySpoolIsMovedAndWhatIsLeftIsReported() throws Exception {
        // given
        fill("events", 7);
        fill("webhook-cart", 3);
        makeDeadLetters("events", 2);

        // when
        int exitCode = drain(store("second", clock));
        int again = drain(store("second", clock));

        // then
        assertEquals(0, exitCode, printed());
        assertEquals(0, again, printed());
        assertEquals(
                """
                events: 5 events moved, 2 dead letters not moved
                webhook-cart: 3 events moved
                Done: 8 events moved. spool.dir has no pending events left.
                2 dead letters stay in spool.dir. To see them, run a relay with spool.engine=sqlite on that folder and open /admin/dead-letters. If you replay some there, run the drain again to move them.
                events: 0 events moved, 2 dead letters not moved
                webhook-cart: 0 events moved
                Done: 0 events moved. spool.dir has no pending events left.
                2 dead letters stay in spool.dir. To see them, run a relay with spool.engine=sqlite on that folder and open /admin/dead-letters. If you replay some there, run the drain again to move them.
                """,
                printed());
        assertEquals(5, pending("second", "events"));
        assertEquals(3, pending("second", "webhook-cart"));
    }

    @Test
    void anUnfinishedDrainSaysSoAndWhatToDo() throws Exception {
        // given
        fill("events", 7);
        SpoolStore away = new SpoolStore() {
            @Override
            public Spool open(String name, SpoolLimits retention) {
                throw new SpoolUnavailable("spool.kafka.brokers: nobody there", null);
            }

            @Override
            public Set<String> made() {
                return Set.of();
            }

            @Override
            public void close() {}
        };

        // when
        int exitCode = drain(away);

        // then
        assertEquals(75, exitCode);
        assertEquals(
                """
                Not finished: spool.kafka.brokers: nobody there
                No event is lost. Run the drain again: it continues where it stopped.
                """,
                printed());
        assertEquals(7, pending("first", "events"));
    }

    @Test
    void aFolderWithoutSpoolsIsNoSuccess() throws Exception {
        // given
        Files.createDirectories(folder.resolve("first"));

        // when
        int exitCode = drain(store("second", clock));

        // then
        assertEquals(66, exitCode);
        assertEquals("spool.dir: no spool in this folder, expected events.db; set SPOOL_DIR\n", printed());
    }

    @Test
    void ifTheEngineIsStillSqliteTheNeededSettingIsNamed() {
        // given
        SmallRyeConfig config = config("spool.engine", "sqlite");

        // when
        int exitCode = DrainCommand.run(config, clock, out);

        // then
        assertEquals(78, exitCode);
        assertEquals(
                "spool.engine: expected kafka (drain moves events from spool.dir to Kafka), found sqlite;"
                        + " set SPOOL_ENGINE=kafka, and SPOOL_KAFKA_BROKERS to its brokers\n",
                printed());
    }

    @Test
    void mistakesOfTheConfigurationAreReported() {
        // given
        SmallRyeConfig config = config("spool.lanes", "many");

        // when
        int exitCode = DrainCommand.run(config, clock, out);

        // then
        assertEquals(78, exitCode);
        assertTrue(printed().startsWith("spool.lanes (SPOOL_LANES): expected an integer from 1 to 256"), printed());
    }

    private int drain(SpoolStore to) {
        try (SpoolStore from = store("first", Drain.clock(clock));
                to) {
            return new DrainCommand(from, to, "kafka", name -> RETENTION, out).all();
        }
    }

    private SpoolStore store(String name, Clock clock) {
        return new SpoolFolder(folder.resolve(name), 4, clock);
    }

    private void fill(String name, int events) {
        try (SpoolStore store = store("first", clock);
                Spool spool = store.open(name, RETENTION)) {
            spool.append(IntStream.range(0, events)
                            .mapToObj(i -> new Event(
                                    0, "id" + i, "rest", "page", "", "contact", clock.instant(), new byte[] {'{', '}'}))
                            .toList())
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Makes dead letters of this many events. */
    private void makeDeadLetters(String name, int events) throws InterruptedException {
        try (SpoolStore store = store("first", clock);
                Spool spool = store.open(name, RETENTION)) {
            for (int lane = 0; lane < spool.lanes(); lane++) {
                for (Batch batch : spool.take(lane, events, Duration.ZERO, Duration.ZERO).stream()
                        .toList()) {
                    batch.forEach(event -> batch.mark(event, new Settlement.Dead("rejected", "400")));
                    batch.commit();
                }
            }
        }
    }

    private long pending(String store, String name) {
        try (SpoolStore opened = store(store, clock);
                Spool spool = opened.open(name, RETENTION)) {
            return spool.pending();
        }
    }

    private static SmallRyeConfig config(String key, String value) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue(key, value)
                .build();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
