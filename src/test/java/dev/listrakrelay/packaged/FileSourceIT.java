package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The file source: what becomes of files that are dropped into its folder.
 *
 * <p>{@code -Drelay.file-events=2000000} is a file larger than the program's heap.
 */
class FileSourceIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(FileSourceIT.class);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = Integer.getInteger("relay.file-events", 50_000);

    private Path drop;

    @BeforeEach
    void makeFolder() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        relay.with("SOURCE_FILE_ENABLED", "true").with("SOURCE_FILE_DIR", drop.toString());
    }

    @Test
    void aFileThatIsTakenThroughKillsArrivesOnceAndIsMovedAway() throws IOException {
        // given
        relay.start();

        // when
        dropEvents("backfill.ndjson");
        for (int kill = 1; kill <= 3; kill++) {
            int moment = kill * EVENTS / 4;
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> relay.metric("listrak_relay_accepted_total") >= moment);
            relay.kill9();
            if (kill == 2) {
                // what a power cut may take: then every line comes again, and is known
                Files.delete(drop.resolve(".done/backfill.ndjson.progress"));
            }
            relay.start();
        }
        await().atMost(Duration.ofMinutes(10)).until(() -> Files.exists(drop.resolve(".done/backfill.ndjson")));
        awaitNothingPending(Duration.ofMinutes(2));

        // then
        LOG.infof("%d events, %d arrived, peak %d MiB", EVENTS, listrak.arrived(), relay.peakRssMib());
        List<String> sent =
                IntStream.range(0, EVENTS).mapToObj(KafkaSourceTest::id).toList();
        assertThat(lost(sent), empty());
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat("stored, each once", relay.metric("listrak_relay_accepted_total"), is((long) EVENTS));
        assertThat(files(drop.resolve(".done")), contains("backfill.ndjson"));
    }

    @Test
    void aBadLineIsWrittenDownWithItsReasonAndTheOthersArrive() throws IOException {
        // given
        relay.start();

        // when
        drop(
                "orders.csv",
                """
                event,email,order_id,timestamp
                Order Completed,kim@example.com,c/1,2021-06-06 12:34:56
                Order Completed,kim@example.com
                ,kim@example.com,c/3,
                Order Completed,kim@example.com,c/4,1622982896
                Order Completed,kim@example.com,c/5,06/06/2021
                """);
        await().atMost(SOON).until(() -> Files.exists(drop.resolve(".done/orders.csv")));
        awaitNothingPending(SOON);

        // then
        assertThat(listrak.orderIds(), containsInAnyOrder("c/1", "c/4"));
        assertThat(
                Files.readAllLines(drop.resolve(".done/orders.csv.bad.ndjson")),
                contains(
                        containsString("\"line\":3,\"reason\":\"row: 2 values, expected 4\""),
                        containsString("\"line\":4,\"reason\":\"event: missing"),
                        containsString("\"line\":6,\"reason\":\"timestamp: no time that can be read")));
        assertThat(relay.logText(), containsString("file orders.csv: done, 5 lines, 3 of them bad"));
    }

    @Test
    void aSpoolThatIsFullHoldsTheFileBackAndAStopLosesNothing() throws IOException {
        // given
        listrak.answer(503);
        // room for a tenth of them, and for the ids of all
        relay.with("SPOOL_MAX_BYTES", "4M").with("SPOOL_HISTORY_EVENTS", "0").start();

        // when
        dropEvents("backfill.ndjson");
        await().atMost(SOON).until(() -> relay.logText().contains("source-file: waits"));
        int ended = relay.sigterm().awaitExit();
        listrak.answer(200);
        relay.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(drop.resolve(".done/backfill.ndjson")));
        awaitNothingPending(SOON);

        // then
        assertThat(ended, is(0));
        assertThat(listrak.arrived(), is(EVENTS));
    }

    private void dropEvents(String name) throws IOException {
        Path whole = folder.resolve(name);
        try (PrintStream file = new PrintStream(Files.newOutputStream(whole), false, StandardCharsets.UTF_8)) {
            for (int i = 0; i < EVENTS; i++) {
                file.print(KafkaSourceTest.event(i) + "\n");
            }
        }
        Files.move(whole, drop.resolve(name));
    }

    private void drop(String name, String text) throws IOException {
        Files.move(Files.writeString(folder.resolve(name), text), drop.resolve(name));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
