package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Events are sent to the accounts that their rules name, and a failing account delays no other. */
@QuarkusTest
@TestProfile(AccountsRouteTest.TwoAccounts.class)
@WithTestResource(FakeListrakAccount.class)
@TestMethodOrder(OrderAnnotation.class)
class AccountsRouteTest extends ThroughTheDoors {

    private static final Path MAPPING = Path.of("src/test/resources/routes/accounts.mapping.yaml");
    private static final String EU_EVENT = "/crosschannel/v1/eu/Event";
    private static final String EU_TOKEN = "/OAuth2/Token/eu";
    private static final String EU_UID = "99999999-8888-4777-8666-555555555555";
    private static final List<String> EVERY_SPOOL = List.of("events", "listrak", "listrak-eu");

    public static class TwoAccounts implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(Map.of(
                    // a parked destination stays parked until a test resumes it
                    "delivery.parked.probe-interval", "1h",
                    "delivery.parked.maximum-probe-interval", "1h",
                    "spool.lanes", "2",
                    "mapping.file", copyOfMapping(),
                    "listrak.eu.client-id", "relay-eu",
                    "listrak.eu.client-secret", "secret-eu",
                    "listrak.eu.company-id", "777",
                    "listrak.eu.event-uid", EU_UID,
                    "listrak.eu.api-url", "${listrak.api-url}/eu",
                    "listrak.eu.auth-url", "${listrak.auth-url}/eu"));
            settings.put("listrak.eu.max-events-per-second", "100000");
            settings.put("identity.hold", "1h");
            return settings;
        }
    }

    @Inject
    Destinations destinations;

    @Inject
    CurrentMapping mapping;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "mapping.file")
    Path mappingFile;

    @BeforeEach
    void euTakesEverything() {
        listrak.stubFor(
                post(urlPathEqualTo(EU_TOKEN)).willReturn(okJson(tokenAnswer().replace(token, "eu-" + token))));
        listrak.stubFor(post(urlPathEqualTo(EU_EVENT))
                .atPriority(9)
                .willReturn(aResponse().withStatus(401)));
        euAnswers(okJson(TAKEN));
    }

    @Test
    void anAccountThatIsParkedSlowsNoOtherAndGetsAllLaterInOrder() {
        // given
        euAnswers(aResponse().withStatus(403));
        accept(Stream.of(order("a@example.com", "parked", "eu")));
        await().atMost(BOUND).until(() -> isParked("listrak-eu"));

        // when
        List<String> ids = ids("p", 40);
        accept(ids.stream()
                .flatMap(id ->
                        Stream.of(order("a@example.com", "eu-" + id, "eu"), order("b@example.com", "us-" + id, "us"))));
        awaitNothingPending("events", "listrak");

        // then the default account has all of its events, and the parked one has none
        assertThat(arrived(), is(ids("us-p", 40)));
        assertThat(isParked("listrak-eu"), is(true));
        assertThat(isParked("listrak"), is(false));
        assertThat(spools.named("listrak-eu").pending(), is(41L));
        assertThat(shown("name"), contains("listrak", "listrak-eu"));
        assertThat(shown("maxEventsPerSecond"), contains(null, 100_000));
        euAnswers(okJson(TAKEN));
        listrak.resetRequests();
        resume("listrak-eu");
        awaitNothingPending("listrak-eu");
        assertThat(
                arrivedAtEu(),
                is(Stream.concat(Stream.of("parked"), ids("eu-p", 40).stream()).toList()));
        assertThat(isParked("listrak-eu"), is(false));
    }

    @Test
    void theDefaultAccountHoldsUpNoOtherEither() {
        // given
        listrakAnswers(aResponse().withStatus(403));
        accept(Stream.of(order("a@example.com", "stuck", "us")));
        await().atMost(BOUND).until(() -> isParked("listrak"));

        // when
        accept(Stream.of(order("a@example.com", "free", "eu")));
        awaitNothingPending("events", "listrak-eu");

        // then
        assertThat(arrivedAtEu(), contains("free"));
        assertThat(isParked("listrak"), is(true));
        listrakAnswers(okJson(TAKEN));
        resume("listrak");
        awaitNothingPending();
    }

    @Test
    void eachHasItsOwnTokenCompanyAndCustomEvent() {
        // when
        accept(Stream.of(order("a@example.com", "one", "eu"), order("a@example.com", "two", "us")));
        awaitNothingPending();

        // then
        LoggedRequest eu = euRequests().get(0);
        assertThat(eu.getHeader("Authorization"), is("Bearer eu-" + token));
        assertThat(json(eu).path("companyId").asInt(), is(777));
        assertThat(json(eu).path("eventUid").asText(), is(EU_UID));
        assertThat(json(requests().get(0)).path("companyId").asInt(), is(12345));
        listrak.verify(postRequestedFor(urlPathEqualTo(EU_TOKEN))
                .withRequestBody(containing("client_id=relay-eu&client_secret=secret-eu")));
    }

    @Test
    void anEventOfTwoAccountsGoesToBothAndTheBooksComeOut() {
        // given
        long both = tally("forwarded", "listrak listrak-eu");
        long dropped = tally("dropped", "test_order");

        // when
        accept(Stream.of(order("a@example.com", "shared", "both"), order("a@example.com", "no", "test")));
        awaitNothingPending();

        // then
        assertThat(arrived(), contains("shared"));
        assertThat(arrivedAtEu(), contains("shared"));
        assertThat(tally("forwarded", "listrak listrak-eu") - both, is(1L));
        assertThat(tally("dropped", "test_order") - dropped, is(1L));
        for (String name : EVERY_SPOOL) {
            Map<Spool.Outcome, Long> tally = spools.named(name).tally();
            long settled = tally.entrySet().stream()
                    .filter(line -> List.of("delivered", "dropped", "dead", "forwarded")
                            .contains(line.getKey().name()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertThat(name, tally.get(new Spool.Outcome("accepted", "")), is(settled));
        }
    }

    @Test
    void aSearchLooksInEverySpoolAndAForwardedEventIsFollowed() {
        // given
        accept(Stream.of(
                order("followed@example.com", "followed", "eu"), order("followed@example.com", "second", "us")));
        awaitNothingPending();

        // when
        ValidatableResponse found = operator()
                .queryParam("contact", "followed@example.com")
                .get("/events")
                .then();

        // then
        found.body("events.outcome", containsInAnyOrder("delivered", "delivered", "forwarded", "forwarded"))
                .body("events.find { it.spool == 'listrak-eu' }.outcome", is("delivered"))
                .body("events.find { it.spool == 'events' }.outcome", is("forwarded"));
        int seq = found.extract().path("events.find { it.spool == 'events' && it.reason == 'listrak-eu' }.seq");
        operator()
                .get("/events/" + seq)
                .then()
                .body("forwarded.spool", contains("listrak-eu"))
                .body("forwarded.outcome", contains("delivered"));
        assertThat(pages("/events?contact=followed@example.com&limit=1"), hasSize(4));
    }

    @Test
    void eventsOfAnUnknownUserAreHeldAndGoToTheirAccountOnceAnEventTellsTheEmail() {
        // given
        accept(Stream.of(
                ofUser("late", "held-eu", "eu"),
                ofUser("late", "held-us", "us"),
                ofUser("late", "unwanted", "nowhere"),
                ofUser("undefined", "of-nobody", "eu")));
        await().atMost(BOUND).until(() -> spool().pending() == 2);
        ValidatableResponse held =
                operator().get("/events?contact=late&outcome=held").then();

        // when
        accept(Stream.of(
                order("late@example.com", "known", "eu").replace("{\"type\"", "{\"userId\":\"late\",\"type\"")));
        awaitNothingPending();

        // then
        held.body("events", hasSize(2)).body("events.waits", everyItem(startsWith("held until ")));
        assertThat(arrivedAtEu(), contains("held-eu", "known"));
        assertThat(arrived(), contains("held-us"));
        operator()
                .get("/events?contact=late@example.com&spool=events")
                .then()
                .body("events.outcome", contains("forwarded", "forwarded", "forwarded"));
        operator().get("/status").then().body("spools.find { it.name == 'events' }.held", is(0));
    }

    private static String ofUser(String userId, String orderId, String region) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"%s\",\"properties\":{\"region\":\"%s\",\"order_id\":\"%s\"}}"
                .formatted(userId, region, orderId);
    }

    /** Reads all pages of a search. Returns the spool and seq of each event. */
    private Set<String> pages(String path) {
        Set<String> all = new HashSet<>();
        String next = "";
        while (next != null) {
            JsonPath page =
                    operator().get(path + next).then().statusCode(200).extract().jsonPath();
            page.getList("events", Map.class).forEach(event -> all.add(event.get("spool") + " " + event.get("seq")));
            next = page.getString("next") == null ? null : "&before=" + page.getString("next");
        }
        return all;
    }

    @Test
    void aDeadLetterOfAnAccountIsFoundAndReplayedUnlessAnotherSpoolIsNamed() {
        // given
        euAnswers(aResponse().withStatus(400));
        accept(Stream.of(order("dead@example.com", "dead", "eu")));
        awaitNothingPending();
        operator()
                .queryParam("contact", "dead@example.com")
                .get("/dead-letters")
                .then()
                .body("deadLetters.spool", contains("listrak-eu"));
        euAnswers(okJson(TAKEN));
        String filter = "{\"filter\":{\"contact\":\"dead@example.com\"}}";

        // when
        operator()
                .body(filter)
                .post("/dead-letters/replay?spool=listrak")
                .then()
                .body("replayed", is(0));
        operator().body(filter).post("/dead-letters/replay").then().body("replayed", is(1));

        // then
        awaitNothingPending();
        assertThat(arrivedAtEu(), hasItem("dead"));
    }

    @Test
    void aDestinationIsResumedByTheNameOfItsAccountToo() {
        for (String name : List.of("listrak-eu", "eu")) {
            operator()
                    .post("/destinations/" + name + "/resume")
                    .then()
                    .statusCode(200)
                    .body("name", is("listrak-eu"));
        }
        operator().post("/destinations/us/resume").then().statusCode(404);
    }

    @Test
    void anEventThatWasForwardedBeforeACrashIsNotForwardedTwice() {
        // given an event that is stored in the account's spool, and not yet settled in the first spool
        String order = order("a@example.com", "crashed", "eu").replace("{\"type\"", "{\"messageId\":\"c-1\",\"type\"");
        SpoolUnavailable.await(spools.named("listrak-eu")
                .append(List.of(new Event(
                        0,
                        "c-1",
                        "rest",
                        "track",
                        "Order Completed",
                        "a@example.com",
                        Instant.now(),
                        order.getBytes()))));

        // when
        accept(Stream.of(order));
        awaitNothingPending();

        // then
        assertThat(arrivedAtEu(), contains("crashed"));
    }

    @Test
    void eventsThatWaitForAnAccountGoToAnotherIfTheirRuleNamesIt() throws IOException {
        // given
        euAnswers(aResponse().withStatus(403));
        accept(Stream.of(order("a@example.com", "mistaken", "eu")));
        await().atMost(BOUND).until(() -> isParked("listrak-eu"));

        // when
        Files.writeString(mappingFile, Files.readString(MAPPING).replace("account: eu", "account: listrak"));
        await().atMost(BOUND).until(() -> !namesEu());
        resume("listrak-eu");
        awaitNothingPending("listrak-eu", "listrak");

        // then
        assertThat(arrived(), contains("mistaken"));
        Files.copy(MAPPING, mappingFile, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(BOUND).until(this::namesEu);
        // the account is not parked when the next test begins
        euAnswers(okJson(TAKEN));
        resume("listrak-eu");
        accept(Stream.of(order("a@example.com", "again", "eu")));
        awaitNothingPending();
    }

    private boolean namesEu() {
        return mapping.get().rules().stream()
                .anyMatch(rule -> rule.account().filter("eu"::equals).isPresent());
    }

    /** This test runs last, because it closes an account's spool. */
    @Test
    @Order(Integer.MAX_VALUE)
    void ifAnAccountsSpoolCantBeWrittenTheBatchStaysAndNothingIsForwardedTwice() {
        // given two events of one lane, of which one can't be forwarded
        spools.named("listrak-eu").close();
        long retried = tally("retried", "");
        long accepted = accepted("listrak");

        // when
        accept(Stream.of(order("a@example.com", "us", "us"), order("b@example.com", "eu", "eu")));
        await().atMost(BOUND).until(() -> tally("retried", "") >= retried + 4);
        awaitNothingPending("listrak");

        // then
        assertThat(spool().pending(), is(2L));
        assertThat(arrived(), contains("us"));
        assertThat(accepted("listrak") - accepted, is(1L));
    }

    private long accepted(String name) {
        return spools.named(name).tally().getOrDefault(new Spool.Outcome("accepted", ""), 0L);
    }

    private static String copyOfMapping() {
        try {
            Path copy = Files.createTempDirectory("relay-mapping").resolve("listrak.mapping.yaml");
            return Files.copy(MAPPING, copy).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String order(String email, String orderId, String region) {
        return order(email, orderId).replace("\"order_id\"", "\"region\":\"" + region + "\",\"order_id\"");
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static void accept(Stream<String> orders) {
        caller().body(orders.collect(Collectors.joining(",", "[", "]")))
                .post("/v1/events")
                .then()
                .statusCode(200);
    }

    private void euAnswers(ResponseDefinitionBuilder answer) {
        listrak.stubFor(post(urlPathEqualTo(EU_EVENT))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer eu-" + token))
                .willReturn(answer));
    }

    private void listrakAnswers(ResponseDefinitionBuilder answer) {
        listrak.stubFor(post(urlPathEqualTo(EVENT)).atPriority(1).willReturn(answer));
    }

    private void resume(String destination) {
        destinations.named(destination).orElseThrow().tryNow();
    }

    private boolean isParked(String destination) {
        return meters.get("listrak.relay.parked")
                        .tag("destination", destination)
                        .gauge()
                        .value()
                == 1;
    }

    @Override
    void awaitNothingPending() {
        awaitNothingPending(EVERY_SPOOL.toArray(String[]::new));
    }

    private void awaitNothingPending(String... names) {
        for (String name : names) {
            await().atMost(BOUND).until(() -> spools.named(name).pending() == 0);
        }
    }

    private List<LoggedRequest> euRequests() {
        return listrak.findAll(
                postRequestedFor(urlPathEqualTo(EU_EVENT)).withHeader("Authorization", equalTo("Bearer eu-" + token)));
    }

    private List<String> arrivedAtEu() {
        return euRequests().stream()
                .flatMap(request -> orders(request).stream())
                .toList();
    }

    /** What the status shows of each destination under this key. */
    private List<Object> shown(String key) {
        return operator().get("/status").path("destinations." + key);
    }
}
