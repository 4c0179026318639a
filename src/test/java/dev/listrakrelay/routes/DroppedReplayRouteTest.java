package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator replays dropped events, tries a replay with a canary first, and reads the books of the day. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class DroppedReplayRouteTest extends ThroughTheDoors {

    private static final String REPLAY = "/dropped/replay";

    @Test
    void droppedEventsAreCountedBeforehandAndReplayedOnceWithTheEmailLearnedSince() {
        // given
        String filter = "\"reason\":\"no_email\",\"name\":\"Order Completed\",\"from\":\""
                + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\"";
        acceptOrder("late-1", "Order Completed");
        awaitNothingPending();
        accept("{\"type\":\"identify\",\"userId\":\"late-1\",\"traits\":{\"email\":\"late@example.com\"}}");
        awaitNothingPending();

        // when
        ValidatableResponse counted = replay("{" + filter + ",\"dryRun\":true}");
        int arrivedBefore = arrived().size();
        ValidatableResponse replayed = replay("{" + filter + "}");
        awaitNothingPending();
        ValidatableResponse again = replay("{" + filter + "}");
        awaitNothingPending();

        // then
        counted.body("count", is(1))
                .body("notKept", is(0))
                .body("replayed", is(0))
                .body("spools.find { it.spool == 'events' }.oldest", notNullValue())
                .body("spools.find { it.spool == 'events' }.keptSince", notNullValue());
        assertThat(arrivedBefore, is(0));
        replayed.body("replayed", is(1));
        again.body("count", is(0)).body("replayed", is(0));
        assertThat(arrived(), contains("late-1"));
        operator()
                .get("/status")
                .then()
                .body("spools.find { it.name == 'events' }.tally.outcome", hasItem("replayed_dropped"));
    }

    @Test
    void aReplayThatEndsAsBeforeStopsAfterTheFirst() {
        // given
        for (int i = 0; i < 25; i++) {
            accept("{\"type\":\"track\",\"event\":\"Still Unwanted\",\"userId\":\"canary-" + i + "\"}");
        }
        awaitNothingPending();
        String body = "{\"reason\":\"no_rule\",\"name\":\"Still Unwanted\",\"canary\":10}";

        // when
        int id = replay(body)
                .body("replayed", is(10))
                .body("count", is(25))
                .extract()
                .path("canary.id");

        // then
        awaitState(id, "stopped");
        operator()
                .get("/replays")
                .then()
                .statusCode(200)
                .body("replays.find { it.id == " + id + " }.replayed", is(10))
                .body("replays.find { it.id == " + id + " }.first.settled", is(10))
                .body("replays.find { it.id == " + id + " }.first.endings.'dropped no_rule'", is(10))
                .body(
                        "replays.find { it.id == " + id + " }.why",
                        is(
                                "10 of the first 10 ended no better than before (10 dropped no_rule), so the other 15 were not"
                                        + " replayed"));
    }

    @Test
    void aReplayOfDeadLettersThatArriveContinuesAndEachArrivesOnce() {
        // given
        List<String> orders = IntStream.range(0, 25).mapToObj(i -> "sick-" + i).toList();
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .withRequestBody(containing("sick-"))
                .willReturn(aResponse().withStatus(422)));
        orders.forEach(order -> accept(order("sick@example.com", order)));
        awaitNothingPending();
        listrakTakesEverything();

        // when
        int id = operator()
                .body("{\"filter\":{\"contact\":\"sick@example.com\"},\"canary\":10}")
                .post("/dead-letters/replay")
                .then()
                .statusCode(200)
                .body("replayed", is(10))
                .extract()
                .path("canary.id");

        // then
        awaitState(id, "done");
        awaitNothingPending();
        assertThat(arrived(), is(orders));
        operator().get("/replays").then().body("replays.find { it.id == " + id + " }.replayed", is(25));
    }

    @Test
    void aReplayThatIsStoppedReplaysNoOthers() {
        // given
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .withRequestBody(containing("halt-"))
                .willReturn(aResponse().withStatus(422)));
        accept(order("halt@example.com", "halt-1"));
        accept(order("halt@example.com", "halt-2"));
        awaitNothingPending();
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .withRequestBody(containing("halt-"))
                .willReturn(aResponse().withStatus(503)));
        int id = operator()
                .body("{\"filter\":{\"contact\":\"halt@example.com\"},\"canary\":1}")
                .post("/dead-letters/replay")
                .then()
                .extract()
                .path("canary.id");

        // when
        operator().post("/replays/" + id + "/stop").then().statusCode(200).body("state", is("stopped"));
        listrakTakesEverything();

        // then
        awaitNothingPending();
        assertThat(arrived(), contains("halt-1"));
        marketer().post("/replays/" + id + "/stop").then().statusCode(403);
        operator().post("/replays/999/stop").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                    | reason: expected why",
                "[]                                    | body: expected an object with reason",
                "{\"reason\":\"forgotten\"}            | reason: expected why",
                "{\"reason\":\"a\",\"contact\":\"b\"}  | body: expected an object with reason",
                "{\"reason\":\"a\",\"from\":\"b\"}     | from: expected a time",
                "{\"reason\":\"a\",\"dryRun\":\"b\"}   | dryRun: expected true or false",
                "{\"reason\":\"no_rule\",\"canary\":0} | canary: expected a whole number",
            })
    void aReplayThatIsNotUnderstoodIsRefused(String body, String error) {
        // given
        accept("{\"type\":\"track\",\"event\":\"Not Understood\",\"userId\":\"x\"}");
        awaitNothingPending();

        // then
        operator().body(body).post(REPLAY).then().statusCode(400).body("error", startsWith(error));
        marketer().body(body).post(REPLAY).then().statusCode(403);
    }

    @Test
    void theBooksOfTheDayAddUpInEveryFormat() {
        // given
        accept(order("books@example.com", "books"));
        accept("{\"type\":\"track\",\"event\":\"Booked\",\"userId\":\"books\"}");
        awaitNothingPending();
        String day = LocalDate.now(ZoneOffset.UTC).toString();

        // when
        ValidatableResponse books = operator().get("/books?day=" + day).then();

        // then
        String row = "rows.find { it.name == 'Booked' }";
        books.statusCode(200)
                .body("day", is(day))
                .body("complete", is(true))
                .body(row + ".accepted", is(1))
                .body(row + ".dropped.no_rule", is(1))
                .body("rows*.accepted.sum()", is(books.extract().<Integer>path("spools*.accepted.sum()")));
        operator()
                .get("/books?format=csv&day=" + day)
                .then()
                .contentType("text/csv")
                .body(containsString("events,Booked,dropped,no_rule,1\r\n"));
        operator().get("/books?format=text").then().contentType("text/plain").body(startsWith("Books of " + day));
        operator().get("/books?day=2020-01-01").then().body("rows", hasSize(0));
        operator().get("/books?day=today").then().statusCode(400).body("error", startsWith("day: expected a day"));
        operator().get("/books?format=xml").then().statusCode(400);
        marketer().get("/books").then().statusCode(200);
    }

    private ValidatableResponse replay(String body) {
        return operator().body(body).post(REPLAY).then().statusCode(200);
    }

    private void awaitState(int id, String state) {
        await().atMost(BOUND)
                .until(() ->
                        state.equals(operator().get("/replays").path("replays.find { it.id == " + id + " }.state")));
    }

    private static void acceptOrder(String userId, String name) {
        accept("{\"type\":\"track\",\"event\":\"" + name + "\",\"userId\":\"" + userId
                + "\",\"properties\":{\"order_id\":\"" + userId + "\"}}");
    }

    private static void accept(String event) {
        caller().body("[" + event + "]")
                .post("/v1/events")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }
}
