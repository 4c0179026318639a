package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The page answers in a browser whether an event reached Listrak, and if not, why. {@code clients/console.mjs} contains
 * the visitor's steps; pictures of each view are saved in {@code target/screenshots}. Needs chromium, node and npm.
 */
@Tag("browser")
class ConsoleIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String READ_TOKEN = "token-of-a-reader";

    /** How many other events the history has. */
    private static final int HISTORY = Integer.getInteger("relay.page-events", 1_000);

    private static final int OF_A_BATCH = 500;

    private final Path pictures = Path.of("target", "screenshots").toAbsolutePath();

    @BeforeEach
    void needs() throws IOException {
        Machine.assumeInstalled("chromium");
        NpmClients.assumeInstalled();
        Files.createDirectories(pictures);
        relay.with("ADMIN_READ_TOKEN", READ_TOKEN)
                .with("DELIVERY_PARKED_PROBE_INTERVAL", "1h")
                .with("SPOOL_HISTORY_EVENTS", "1000000")
                .start();
    }

    @Test
    void eachViewAnswersInAnyWindowAndOneThatMayOnlyLookSeesNoAddress() throws IOException {
        // given
        history();
        post(order("m-delivered", "ORD-1", "shopper@example.com").replace("{\"type\"", "{\"userId\":\"u-1\",\"type\""));
        post(order("m-dropped", "ORD-2", "shopper2@example.com").replace("Order Completed", "Invoice Sent"));
        post(order("m-hostile", "<img src=x onerror=alert(1)>", "hostile@example.com")
                .replace("\"USD\"", "\"\\u202e\\u0007" + "y".repeat(32_000) + "\""));
        awaitNothingPending(BOUND);
        aDeadLetter();

        // then
        visit("look");
    }

    @Test
    void aParkedDestinationIsTriedADeadLetterReplayedAndADraftTried() throws IOException {
        // given
        post(order("m-dropped", "ORD-2", "shopper2@example.com").replace("Order Completed", "Invoice Sent"));
        awaitNothingPending(BOUND);
        aDeadLetter();
        listrak.answer(403);
        post(order("m-waits", "ORD-4", "waits@example.com"));
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_parked") == 1);

        // then
        visit("parked");
        listrak.answer(200);
        visit("resume");
        assertThat(listrak.eventNames("waits@example.com").size(), is(1));
        visit("replay");
        assertThat(listrak.eventNames("dead@example.com").size(), is(1));
        visit("draft");
        visit("dropped");
        assertThat(listrak.eventNames("shopper2@example.com").size(), is(0));
        assertThat(relay.metric("listrak_relay_replayed_dropped_total"), is(1L));
    }

    private void history() throws IOException {
        for (int first = 0; first < HISTORY; first += OF_A_BATCH) {
            String batch = IntStream.range(first, first + OF_A_BATCH)
                    .mapToObj(i -> order("h-" + i, "H-" + i, "shopper" + i % 20_000 + "@example.org"))
                    .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
            assertThat(relay.post("batch", batch), is(200));
        }
        awaitNothingPending(BOUND);
    }

    private void aDeadLetter() throws IOException {
        listrak.answer(400);
        post(order("m-dead", "ORD-3", "dead@example.com"));
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_dead_total") == 1);
        listrak.answer(200);
    }

    private static String order(String messageId, String orderId, String email) {
        return """
            {"type":"track","event":"Order Completed","messageId":"%s","context":{"traits":{"email":"%s"}},\
            "properties":{"order_id":"%s","revenue":129.99,"currency":"USD"}}"""
                .formatted(messageId, email, orderId);
    }

    private void post(String event) throws IOException {
        assertThat(relay.post("track", event), is(200));
    }

    private void visit(String scene) {
        NpmClients.run(
                "console.mjs", scene, relay.console(), PackagedRelay.ADMIN_TOKEN, READ_TOKEN, pictures.toString());
    }
}
