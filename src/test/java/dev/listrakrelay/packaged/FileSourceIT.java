package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The file source delivers files from its folder, through kills, bad lines and a full spool.
 *
 * <p>{@code -Drelay.file-events=2000000} makes a file that is larger than the program's heap.
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
                // a power cut may lose this file: then the relay reads every line again, and finds the duplicates
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
                        containsString("\"line\":3,\"reason\":\"row: expected 4 values, found 2\""),
                        containsString("\"line\":4,\"reason\":\"event: missing"),
                        containsString("\"line\":6,\"reason\":\"timestamp: unreadable")));
        assertThat(relay.logText(), containsString("file orders.csv: finished, 5 lines, 3 bad"));
    }

    @Test
    void noFileStopsThoseBehindItAndNoneOverwritesAnother() throws IOException {
        // given
        relay.start();
        Files.createDirectory(drop.resolve("0-folder.csv"));
        Files.createSymbolicLink(drop.resolve("1-endless.csv"), Path.of("/dev/zero"));
        for (int i = 0; i < 30; i++) {
            drop("2-empty-" + i + ".ndjson", "");
        }
        drop("3-noise.csv", "\"\u0000\u0001".repeat(300_000));
        drop("4-nothing.JSONL", "\uFEFF\r\n");

        // when
        drop("ORDERS.2026.CSV", "EVENT,Email,order_id\rOrder Completed,kim@example.com,u/1");
        drop("orders.NDJSON", json("u/2"));
        await().atMost(SOON).until(() -> files(drop).equals(Set.of(".done", "0-folder.csv", "1-endless.csv")));
        drop("orders.NDJSON", json("u/3") + "\n\u00f6\n");
        await().atMost(SOON).until(() -> Files.exists(drop.resolve(".done/orders-2.NDJSON")));
        awaitNothingPending(SOON);

        // then
        assertThat(listrak.orderIds(), containsInAnyOrder("u/1", "u/2", "u/3"));
        assertThat(Files.readString(drop.resolve(".done/orders.NDJSON")), is(json("u/2")));
        assertThat(files(drop.resolve(".done")), hasItem("2-empty-29.ndjson"));
        assertThat(
                Files.readString(drop.resolve(".done/3-noise.csv.bad.ndjson")),
                containsString("no row after it was read"));
        assertThat(
                relay.logText(),
                containsString("file 1-endless.csv: not readable, stays in the folder, expected a readable file"));
    }

    private static String json(String order) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"" + order
                + "\",\"email\":\"kim@example.com\"}}";
    }

    @Test
    void aSpoolThatIsFullHoldsTheFileBackAndAStopLosesNothing() throws IOException {
        // given
        listrak.answer(503);
        // room for a tenth of the events, and for the ids of all
        relay.with("SPOOL_MAX_BYTES", "" + 80L * EVENTS)
                .with("SPOOL_HISTORY_EVENTS", "0")
                .start();

        // when
        dropEvents("backfill.ndjson");
        await().atMost(SOON).until(() -> relay.logText().contains("source-file: paused"));
        int ended = relay.sigterm().awaitExit();
        listrak.answer(200);
        relay.start();
        await().atMost(Duration.ofMinutes(2).plusSeconds(EVENTS / 1_000))
                .until(() -> Files.exists(drop.resolve(".done/backfill.ndjson")));
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

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
