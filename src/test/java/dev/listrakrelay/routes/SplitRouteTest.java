package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spools;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that is split into several Listrak events is delivered when all of them are. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class SplitRouteTest extends Outcomes {

    @Inject
    Spools spools;

    private static final String OTHER_EVENT = "99999999-8888-4777-8666-555555555555";

    @Test
    void everyItemArrivesInItsOwnRequestInOrder() {
        // given
        String order = items("three@example.com", "i1", "i2", "i3");

        // when
        accept(order);

        // then
        assertThat(
                requests().stream().map(ThroughTheDoors::orders).toList(),
                contains(List.of("i1"), List.of("i2"), List.of("i3")));
        assertThat(dead(), empty());
    }

    @Test
    void itemsOfSeveralContactsShareRequests() {
        // given
        String both = "[" + items("one@example.com", "a1", "a2") + "," + items("two@example.com", "b1", "b2") + "]";

        // when
        accept(both);

        // then
        assertThat(
                requests().stream().map(ThroughTheDoors::orders).toList(),
                contains(List.of("a1", "b1"), List.of("a2", "b2")));
    }

    @Test
    void anOrderWithoutItemsIsDropped() {
        // given
        long before = tally("dropped", "no_items");

        // when
        accept(items("none@example.com"));

        // then
        assertThat(tally("dropped", "no_items"), is(before + 1));
        assertThat(requests(), empty());
    }

    @Test
    void anEventThatIsTooOldForItsRuleIsDroppedAsStale() {
        // given
        long before = tally("dropped", "stale");
        Instant now = Instant.now();

        // when
        accept("[" + cart("fresh", now.minus(Duration.ofMinutes(30))) + "," + cart("old", now.minus(Duration.ofDays(3)))
                + "]");

        // then
        assertThat(arrived(), contains("fresh"));
        assertThat(tally("dropped", "stale"), is(before + 1));
    }

    private static String cart(String id, Instant when) {
        return order("carts@example.com", id)
                .replace("Order Completed", "Cart Abandoned")
                .replaceFirst("\\{", "{\"timestamp\":\"" + when + "\",");
    }

    @Test
    void aRejectedItemIsNamedInTheDeadLetterAndTheOthersAreDelivered() {
        // given
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("poison"))
                .willReturn(aResponse().withStatus(400).withBody("no such field")));
        long before = tally("delivered", "");

        // when
        accept(items("spoiled@example.com", "p1", "poison", "p3"));

        // then
        assertThat(arrived(), contains("p1", "poison", "p3"));
        assertThat(dead(), hasSize(1));
        assertThat(dead().get(0).answer(), startsWith("part 2 of 3: "));
        assertThat(tally("delivered", ""), is(before));
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 200})
    void anItemThatHasToBeTriedAgainIsTheOnlyOneSentAgain(int status) {
        // given a second item that fails at first, because the request or its recipient fails
        String email = "again" + status + "@example.com";
        String busy =
                """
                {"data":[{"statusCode":503,"identifiers":[{"identifierType":"EmailAddress","identifierValue":"%s"}],
                 "errors":[]}],"meta":{"statusCode":200}}"""
                        .formatted(email);
        for (int failure = 0; failure < 4; failure++) {
            listrak.stubFor(eventRequest()
                    .withRequestBody(containing("second" + status))
                    .inScenario("again" + status)
                    .whenScenarioStateIs(failure == 0 ? Scenario.STARTED : "failed " + failure)
                    .willSetStateTo("failed " + (failure + 1))
                    .willReturn(status == 200 ? okJson(busy) : aResponse().withStatus(status)));
        }

        // when
        accept(items(email, "first" + status, "second" + status, "third" + status));

        // then
        assertThat(arrived().stream().filter(item -> item.startsWith("first")).toList(), hasSize(1));
        assertThat(arrived().stream().filter(item -> item.startsWith("third")).toList(), hasSize(1));
        assertThat(arrived().get(arrived().size() - 1), is("third" + status));
        assertThat(dead(), empty());
    }

    @Test
    void anItemNamedAsAnotherCustomEventGoesInARequestOfThat() {
        // given a rule for Refunded with its own event UID and company
        String batch = "[" + items("mixed@example.com", "m1") + "," + refund("refund@example.com", "r1") + ","
                + items("mixed2@example.com", "m2") + "]";

        // when
        accept(batch);

        // then
        assertThat(
                requests().stream().map(ThroughTheDoors::orders).toList(),
                contains(List.of("m1", "m2"), List.of("r1")));
        assertThat(json(requests().get(1)).path("eventUid").asText(), is(OTHER_EVENT));
        assertThat(json(requests().get(1)).path("companyId").asInt(), is(77));
        assertThat(json(requests().get(0)).path("eventUid").asText(), is(FakeListrakAccount.EVENT_UID));
    }

    @ParameterizedTest
    @CsvSource({"101, mapping_failed, 'split into 101 parts, expected at most 100'"})
    void anEventOfTooManyItemsIsADeadLetter(int items, String reason, String answer) {
        // given
        String[] ids = IntStream.range(0, items).mapToObj(i -> "n" + i).toArray(String[]::new);

        // when
        accept(items("many@example.com", ids));

        // then
        assertThat(requests(), empty());
        assertThat(dead(), hasSize(1));
        assertThat(dead().get(0).reason(), is(reason));
        assertThat(dead().get(0).answer(), containsString(answer));
    }

    private void accept(String events) {
        caller().body(events).post("/v1/events").then().statusCode(200);
        awaitNothingPending();
    }

    @Test
    void anEventThatCannotBeReadIsADeadLetterAndTheOthersOfItsBatchArrive() {
        // given an event that no source would accept
        Event broken = new Event(
                0, "broken", "test", "track", "Order Itemized", "b@example.com", Instant.now(), "[]".getBytes(UTF_8));
        Event sound = new Event(
                0,
                "sound",
                "test",
                "track",
                "Order Itemized",
                "s@example.com",
                Instant.now(),
                items("s@example.com", "s1").getBytes(UTF_8));

        // when
        spools.named("events")
                .append(List.of(broken, sound))
                .toCompletableFuture()
                .join();
        awaitNothingPending();

        // then
        assertThat(dead().stream().map(Dead::reason).toList(), contains("mapping_failed"));
        assertThat(requests().stream().map(ThroughTheDoors::orders).toList(), contains(List.of("s1")));
    }

    private static String items(String email, String... ids) {
        String items =
                Stream.of(ids).map(id -> "{\"order_id\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
        return """
            {"type":"track","event":"Order Itemized","context":{"traits":{"email":"%s"}},
             "properties":{"products":%s}}"""
                .formatted(email, items);
    }

    private static String refund(String email, String id) {
        return order(email, id).replace("Order Completed", "Order Refunded");
    }
}
