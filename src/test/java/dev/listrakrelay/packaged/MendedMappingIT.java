package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A mapping without a rule for Product Added is repaired and compared with the old one, and the dropped events are
 * replayed. Each event arrives once, in order.
 */
class MendedMappingIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int CONTACTS = 40;
    private static final int EVENTS = Integer.getInteger("relay.dropped-events", 2_000);
    private static final int ORDERS = 100;
    private static final String LACKING =
            """
            contact: {email: [$.context.traits.email]}
            events:
              - when: {type: track, event: Order Completed}
                event_name: purchase
            """;
    private static final String MENDED = LACKING
            + """
              - when: {type: track, event: Product Added}
                event_name: cart_add
            """;
    private static final String OF_PRODUCT_ADDED = "{\"reason\":\"no_rule\",\"name\":\"Product Added\"";

    private final Set<String> added = new TreeSet<>();
    private Path mapping;
    private Path mended;
    private int exitCode;

    @BeforeEach
    void eventsAreDropped() throws IOException {
        mapping = folder.resolve("shop.mapping.yaml");
        mended = folder.resolve("mended.mapping.yaml");
        Files.writeString(mapping, LACKING);
        Files.writeString(mended, MENDED);
        relay.with("MAPPING_FILE", mapping.toString())
                .with("SPOOL_HISTORY_EVENTS", String.valueOf(EVENTS * 4 + 10_000))
                .start();
        for (int from = 0; from < EVENTS; from += 100) {
            postBatch(from, Math.min(EVENTS, from + 100));
        }
        for (int i = 0; i < ORDERS; i++) {
            post("[" + event("Order Completed", "buyer-" + i % 10, "buyer-" + i % 10 + "/" + i) + "]");
        }
        awaitNothingPending(BOUND);
        assertThat(listrak.arrived(), is(ORDERS));
    }

    @Test
    void droppedEventsArriveOnceAndInOrderAfterTheMappingIsRepairedAndTheBooksAddUp() throws Exception {
        // given
        assertThat(line("Product Added").getJsonObject("dropped").getInteger("no_rule"), is(EVENTS));
        String same = run("diff", mapping.toString(), mapping.toString());
        assertThat(same, exitCode, is(0));
        assertThat(same, containsString("0 outcomes change"));

        // when
        String diff = run("diff", mapping.toString(), mended.toString(), "--hours", "24");
        assertThat(diff, exitCode, is(1));
        mend();
        JsonObject counted = replay(",\"dryRun\":true}");
        JsonObject started = replay(",\"canary\":10}");
        int id = started.getJsonObject("canary").getInteger("id");
        await().atMost(BOUND).until(() -> state(id).equals("done"));
        awaitAllArrived();

        // then
        assertThat(diff, containsString("%,d outcomes change".formatted(EVENTS)));
        assertThat(diff, containsString("%,8d  dropped no_rule -> sent cart_add (events[1])".formatted(EVENTS)));
        assertThat(counted.getInteger("count"), is(EVENTS));
        assertThat(counted.getInteger("notKept"), is(0));
        assertThat(started.getInteger("replayed"), is(10));
        assertThatEachArrivedOnceInOrder();
        assertThat(listrak.arrived(), is(EVENTS + ORDERS));
        assertThat(line("Product Added").getInteger("delivered"), is(EVENTS));
        assertThat(line("Product Added").getInteger("accepted"), is(EVENTS));
        assertThat(line("Order Completed").getInteger("delivered"), is(ORDERS));
        assertThat(relay.metric("listrak_relay_replayed_dropped_total"), is((long) EVENTS));
        String text = run("books", "--format", "text");
        assertThat(text, exitCode, is(0));
        assertThat(
                text,
                containsString("events: %,d events accepted, and all of the day are kept".formatted(EVENTS + ORDERS)));
    }

    @Test
    @Tag("nightly")
    void aReplayOfDroppedEventsThatIsKilledAndBegunAgainLosesNothing() throws Exception {
        // given
        mend();
        replay("}");
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> listrak.arrived() > ORDERS + EVENTS / 10);

        // when
        relay.kill9();
        relay.start();
        int replayedAgain = replay("}").getInteger("replayed");
        awaitAllArrived();

        // then
        assertThat(replayedAgain, is(0));
        assertThat("lost", lost(added), empty());
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat(line("Product Added").getInteger("delivered"), is(EVENTS));
    }

    @Test
    void anEventBecomesAnEntryOfACasesFile() throws Exception {
        // when
        String yaml = run("case", "m-0/0");
        String missing = run("case", "nothing");

        // then
        assertThat(missing, exitCode, is(66));
        assertThat(yaml, startsWith("- case: track Product Added\n"));
        assertThat(yaml, containsString("dropped: no_rule"));
        Files.writeString(folder.resolve("shop.cases.yaml"), yaml);
        assertThat(run("check", mapping.toString()), containsString("shop.cases.yaml: 1 case passed"));
    }

    private void mend() throws IOException {
        Files.writeString(mapping, MENDED);
        await().atMost(BOUND).until(() -> relay.logText().contains("is active, 2 rules"));
    }

    private void awaitAllArrived() {
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_delivered_total") == EVENTS + ORDERS);
        awaitNothingPending(BOUND);
    }

    private void assertThatEachArrivedOnceInOrder() {
        assertThat("lost", lost(added), empty());
        assertThat(duplicates(), is(0));
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat(listrak.firstArrivals().keySet(), hasSize(CONTACTS + 10));
    }

    private JsonObject replay(String more) throws IOException {
        var answer = relay.admin("dropped/replay", OF_PRODUCT_ADDED + more);
        assertThat(answer.body(), answer.statusCode(), is(200));
        return new JsonObject(answer.body());
    }

    private String state(int id) throws IOException {
        JsonArray replays = new JsonObject(relay.adminGet("replays")).getJsonArray("replays");
        for (int i = 0; i < replays.size(); i++) {
            if (replays.getJsonObject(i).getInteger("id") == id) {
                return replays.getJsonObject(i).getString("state");
            }
        }
        return "";
    }

    private JsonObject line(String name) throws IOException {
        JsonArray rows = new JsonObject(relay.adminGet("books")).getJsonArray("rows");
        for (int i = 0; i < rows.size(); i++) {
            if (rows.getJsonObject(i).getString("name").equals(name)) {
                return rows.getJsonObject(i);
            }
        }
        throw new AssertionError(rows.encode());
    }

    private void postBatch(int from, int to) throws IOException {
        List<String> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String id = "m-" + i % CONTACTS + "/" + i;
            added.add(id);
            events.add(event("Product Added", "m-" + i % CONTACTS, id));
        }
        post("[" + String.join(",", events) + "]");
    }

    private void post(String events) throws IOException {
        assertThat(relay.post("events", events), is(200));
    }

    private static String event(String name, String contact, String id) {
        return """
            {"type":"track","event":"%s","messageId":"%s","context":{"traits":{"email":"%s@example.com"}},\
            "properties":{"order_id":"%s"}}"""
                .formatted(name, id, contact, id);
    }

    private String run(String... args) throws Exception {
        List<String> command = new ArrayList<>(Program.command());
        command.addAll(List.of(args));
        if (!args[0].equals("check")) {
            command.addAll(List.of("--url", relay.console().replace("/console/", "")));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("ADMIN_TOKEN", PackagedRelay.ADMIN_TOKEN);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return printed;
    }
}
