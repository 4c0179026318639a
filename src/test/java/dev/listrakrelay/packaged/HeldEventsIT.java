package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Events of unknown users are held through kills. Those of users who are identified in time arrive once, in order, before
 * all later events of the user. The others are dropped when their time is over.
 */
@Tag("faults")
@Tag("nightly")
class HeldEventsIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(HeldEventsIT.class);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int EVENTS_OF_A_USER = 20;
    private static final int USERS = Integer.getInteger("relay.held-events", 10_000) / EVENTS_OF_A_USER;
    private static final int HELD = USERS * EVENTS_OF_A_USER;
    private static final int KNOWN = USERS / 2;
    private static final int IN_A_REQUEST = 100;
    private static final int IDENTIFIED_IN_A_REQUEST = 5;

    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void tenThousandHeldEventsHalfOfThemIdentifiedInTimeThroughThreeKills() throws IOException {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        LOG.infof("seed %d, to repeat: -Drelay.seed=%d", seed, seed);
        Random random = new Random(seed);
        relay.with("IDENTITY_HOLD", "12h").start();
        List<String> events = events();
        List<String> identified = identified();

        // when it is killed while events are stored, and twice while they are released and delivered
        killAt(List.of(1 + random.nextInt(events.size() - 1)), events);
        assertThat(relay.metric("listrak_relay_held_events"), is((long) HELD));
        assertThat(listrak.arrived(), is(0));
        int half = identified.size() / 2;
        killAt(List.of(1 + random.nextInt(half - 1), half + random.nextInt(half)), identified);
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_pending") == HELD / 2);

        // then
        assertThat(relay.metric("listrak_relay_held_events"), is((long) HELD / 2));
        assertThat("each once, in order, and no other", listrak.firstArrivals(), is(expected()));
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat(relay.adminGet("events?contact=u1&limit=1"), containsString("\"waits\":\"held until "));
        assertThatBooksSay(HELD / 2, 0);

        // when their time is shorter after a restart, and over
        relay.sigterm().awaitExit();
        relay.with("IDENTITY_HOLD", "1s").start();
        awaitNothingPending(BOUND);

        // then
        LOG.infof("3 kills, %d held, %d arrived, %d of them again after a kill", HELD, listrak.arrived(), duplicates());
        assertThat(relay.metric("listrak_relay_held_events"), is(0L));
        assertThat(listrak.firstArrivals(), is(expected()));
        assertThatBooksSay(0, HELD / 2);
    }

    /** Posts all of these bodies, one after the other, each until it is acknowledged, and kills the relay meanwhile. */
    private void killAt(List<Integer> moments, List<String> bodies) {
        acknowledged.set(0);
        CompletableFuture<Void> posting = CompletableFuture.runAsync(() -> bodies.forEach(this::postUntilAcknowledged));
        for (int moment : moments) {
            await().atMost(BOUND)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> acknowledged.get() >= moment || posting.isDone());
            relay.kill9();
            relay.start();
        }
        posting.join();
    }

    private void postUntilAcknowledged(String body) {
        await().atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isAccepted(body));
        acknowledged.incrementAndGet();
    }

    private boolean isAccepted(String body) {
        try {
            return relay.post("events", body) == 200;
        } catch (IOException killed) {
            return false;
        }
    }

    /** The events of all users, so that the events of one user are in many requests. */
    private static List<String> events() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < EVENTS_OF_A_USER; i++) {
            for (int user = 0; user < USERS; user++) {
                all.add(order(user, i));
            }
        }
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IN_A_REQUEST) {
            bodies.add(
                    all.subList(from, Math.min(all.size(), from + IN_A_REQUEST)).toString());
        }
        return bodies;
    }

    /** For every second user, an event that tells the e-mail, and a later one that has none. */
    private static List<String> identified() {
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from < KNOWN; from += IDENTIFIED_IN_A_REQUEST) {
            bodies.add(IntStream.range(from, Math.min(KNOWN, from + IDENTIFIED_IN_A_REQUEST))
                    .map(known -> 2 * known)
                    .mapToObj(user -> identify(user) + "," + order(user, EVENTS_OF_A_USER))
                    .collect(Collectors.joining(",", "[", "]")));
        }
        return bodies;
    }

    private static String order(int user, int number) {
        String id = id(user, number);
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"%s\",\"userId\":\"u%d\",\"properties\":{\"order_id\":\"%s\"}}"
                .formatted(id, user, id);
    }

    private static String identify(int user) {
        return "{\"type\":\"identify\",\"messageId\":\"i%d\",\"userId\":\"u%d\",\"traits\":{\"email\":\"u%d@example.com\"}}"
                .formatted(user, user, user);
    }

    private static String id(int user, int number) {
        return "u" + user + "/" + number;
    }

    /** The order ids of each identified user, in order. */
    private static Map<String, List<String>> expected() {
        Map<String, List<String>> expected = new TreeMap<>();
        IntStream.range(0, KNOWN)
                .map(known -> 2 * known)
                .forEach(user -> expected.put(
                        "u" + user + "@example.com",
                        IntStream.rangeClosed(0, EVENTS_OF_A_USER)
                                .mapToObj(number -> id(user, number))
                                .toList()));
        return expected;
    }

    private void assertThatBooksSay(int pending, int dropped) throws IOException {
        JsonObject books = new JsonObject(relay.adminGet("books"));
        JsonObject orders = row(books.getJsonArray("rows"), "Order Completed");
        assertThat(books.encode(), books.getBoolean("complete"), is(true));
        assertThat(orders.encode(), orders.getInteger("accepted"), is(HELD + KNOWN));
        assertThat(orders.encode(), orders.getInteger("delivered"), is(HELD / 2 + KNOWN));
        assertThat(orders.encode(), orders.getInteger("pending"), is(pending));
        assertThat(orders.encode(), orders.getJsonObject("dropped").getInteger("no_email", 0), is(dropped));
        assertThat(relay.metric("listrak_relay_accepted_total"), is((long) HELD + 2 * KNOWN));
        assertThat(relay.metric("listrak_relay_delivered_total"), is((long) HELD / 2 + KNOWN));
    }

    private static JsonObject row(JsonArray rows, String name) {
        return rows.stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rows.encode()));
    }
}
