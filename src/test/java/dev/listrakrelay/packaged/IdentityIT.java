package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An e-mail that was learned stays known through restarts and kills. After forgetting, no byte of the contact is left.
 */
@Tag("faults")
class IdentityIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String ADA = "ada.lovelace@example.com";
    private static final int EVENTS = 1_000;
    private static final int RESTARTS = 4;

    private void post(String call, String json) throws IOException {
        assertThat(relay.post(call, json), is(200));
    }

    private static String order(String who, String id) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",%s,\"properties\":{\"order_id\":\"%s\"}}"
                .formatted(who, id);
    }

    private static String batch(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> order("\"userId\":\"ada\"", "o" + i))
                .toList()
                .toString();
    }

    @Test
    @Tag("nightly")
    void aThousandTracksOfAUserIdGetTheEmailOfOneIdentifyThroughRestarts() throws IOException {
        // given
        relay.start();
        post("identify", "{\"userId\":\"ada\",\"traits\":{\"email\":\"Ada.Lovelace@Example.com\"}}");

        // when
        int step = EVENTS / (2 * RESTARTS);
        for (int from = 0; from < EVENTS; from += 2 * step) {
            post("events", batch(from, from + step));
            relay.kill9();
            relay.start();
            post("events", batch(from + step, from + 2 * step));
            relay.sigterm().awaitExit();
            relay.start();
        }
        awaitNothingPending(BOUND);

        // then
        List<String> orders = listrak.firstArrivals().get(ADA);
        assertThat(listrak.firstArrivals().keySet(), hasSize(1));
        assertThat(orders, is(IntStream.range(0, EVENTS).mapToObj(i -> "o" + i).toList()));
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat(relay.metric("listrak_relay_delivered_total"), is((long) EVENTS));
    }

    @Test
    void nothingOfAForgottenContactIsLeftInTheFilesOrTheAdministration() throws IOException {
        // given
        relay.with("WEBHOOK_ORDERS_SECRET", WebhookSender.SECRET).start();
        webhook(ADA);
        webhook("ben@example.com");
        post("identify", "{\"userId\":\"ada\",\"anonymousId\":\"browser\",\"traits\":{\"email\":\"" + ADA + "\"}}");
        post("events", batch(0, 100));
        awaitDelivered(100);
        listrak.answer(400);
        post("track", order("\"context\":{\"traits\":{\"email\":\"" + ADA + "\"}}", "rejected"));
        awaitDead();
        listrak.answer(503);
        post("events", batch(100, 200));
        post("track", order("\"anonymousId\":\"browser\"", "by-browser"));
        post("track", order("\"context\":{\"traits\":{\"email\":\"ben@example.com\"}}", "ben"));
        assertThat(holding(ADA), not(empty()));

        // when
        JsonObject answer = new JsonObject(
                relay.admin("contacts/forget", "{\"email\":\"" + ADA + "\"}").body());

        // then
        assertThat(answer.encode(), holding(ADA), empty());
        assertThat(answer.encode(), spoolsHolding("ben@example.com"), hasSize(2));
        assertThat(answer.getInteger("identities"), is(2));
        assertThat(answer.getInteger("pending"), is(102));
        assertThat(answer.getInteger("deadLetters"), is(1));
        assertThat(relay.adminGet("events?contact=" + ADA), containsString("\"events\":[]"));
        assertThat(relay.adminGet("events?spool=webhook-orders&contact=" + ADA), containsString("\"events\":[]"));
        assertThat(relay.adminGet("dead-letters"), containsString("\"deadLetters\":[]"));
        relay.kill9();
        assertThat(holding(ADA), empty());
        listrak.answer(200);
        relay.start();
        post("track", order("\"userId\":\"ada\"", "later"));
        awaitDelivered(101);
        assertThat(listrak.firstArrivals().get(ADA), hasSize(100));
        assertThat(listrak.firstArrivals().get("ben@example.com"), is(List.of("ben")));
        assertThat(relay.logText(), not(containsString(ADA)));
    }

    private void awaitDelivered(int events) {
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_delivered_total") == events);
    }

    private void awaitDead() {
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_dead_total") == 1);
    }

    private void webhook(String email) throws IOException {
        String now = String.valueOf(Instant.now().getEpochSecond());
        String body = "{\"email\":\"" + email + "\",\"cart\":\"" + email.hashCode() + "\"}";
        assertThat(relay.webhook("orders", body, now, WebhookSender.sign(body + now)), is(200));
    }

    /** The spool files that contain this text. */
    private List<Path> holding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("spool"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    /** The spools that hold a text, in the file itself or in its log. */
    private Set<String> spoolsHolding(String text) throws IOException {
        return holding(text).stream()
                .map(file -> file.toString().replaceFirst("-wal$", ""))
                .collect(Collectors.toSet());
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
