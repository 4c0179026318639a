package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event with only a userId or anonymousId gets the e-mail of an earlier event, until the contact is forgotten. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class IdentityRouteTest extends Outcomes {

    private static void post(String call, String json) {
        caller().body(json).post("/v1/" + call).then().statusCode(200);
    }

    private static void identify(String userId, String anonymousId, String email) {
        post(
                "identify",
                "{\"userId\":\"%s\",\"anonymousId\":\"%s\",\"traits\":{\"email\":\"%s\"}}"
                        .formatted(userId, anonymousId, email));
    }

    private static String order(String idKey, String id, String orderId, String more) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"%s\":\"%s\",\"properties\":{\"order_id\":\"%s\"%s}}"
                .formatted(idKey, id, orderId, more);
    }

    private String emailOf(int request) {
        return json(requests().get(request))
                .at("/events/0/identifiers/0/identifierValue")
                .asText();
    }

    @Test
    void anOrderOfAUserIdArrivesWithTheEmailOfItsIdentify() {
        // given
        identify("user-1", "browser-1", "Known@Example.com");

        // when
        post("track", order("userId", "user-1", "by-user", ""));
        post("track", order("anonymousId", "browser-1", "by-browser", ""));

        // then
        awaitNothingPending();
        assertThat(arrived(), contains("by-user", "by-browser"));
        assertThat(emailOf(0), is("known@example.com"));
    }

    @Test
    void anAddressInTheEventItselfHasPriority() {
        // given
        identify("user-2", "browser-2", "first@example.com");

        // when
        post("track", order("userId", "user-2", "own", ",\"email\":\"own@example.com\""));

        // then
        awaitNothingPending();
        assertThat(emailOf(0), is("own@example.com"));
    }

    @Test
    void anEventWithAnUnknownIdIsDroppedAsBefore() {
        // given
        long dropped = tally("dropped", "no_email");

        // when
        post("track", order("userId", "nobody", "unknown", ""));

        // then
        awaitNothingPending();
        assertThat(arrived(), empty());
        assertThat(tally("dropped", "no_email"), is(dropped + 1));
    }

    @Test
    void theEmailOfAGroupOrAnAliasIsNotLearned() {
        // given
        identify("user-5", "browser-5", "ada@example.com");

        // when
        post("group", "{\"userId\":\"user-5\",\"groupId\":\"acme\",\"traits\":{\"email\":\"info@acme.example\"}}");
        post("group", "{\"userId\":\"user-6\",\"context\":{\"traits\":{\"email\":\"kim@example.com\"}}}");
        post("alias", "{\"userId\":\"user-6\",\"previousId\":\"b\",\"traits\":{\"email\":\"kim@example.com\"}}");
        post("track", order("userId", "user-5", "of-ada", ""));
        post("track", order("userId", "user-6", "of-nobody", ""));

        // then
        awaitNothingPending();
        assertThat(arrived(), contains("of-ada"));
        assertThat(emailOf(0), is("ada@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "Undefined",
                " none ",
                "NaN",
                "0",
                "-1",
                "TRUE",
                "false",
                "anonymous",
                "Guest",
                "unknown",
                "N/A",
                "{}",
                "[object Object]",
                "00000000-0000-0000-0000-000000000000",
                "\\u00a0"
            })
    void aStandInIdIsNeitherLearnedNorLookedUp(String standIn) {
        // given
        identify(standIn, standIn, "ada@example.com");

        // when
        post("track", order("userId", standIn, "by-user", ""));
        post("track", order("anonymousId", standIn, "by-browser", ""));

        // then
        awaitNothingPending();
        assertThat(arrived(), empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"messageId", "userId", "anonymousId"})
    void anIdWithHalfACharacterIsRefusedForAllOfThemWouldBeTheSame(String id) {
        // when // then
        caller().body(order(id, "user-\\ud83d", "half", ""))
                .post("/v1/track")
                .then()
                .statusCode(400)
                .body("rejected[0].reason", is(id + ": half a surrogate pair, expected whole characters"));
        post("track", order(id, "user-\\ud83d\\ude00", "whole", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim@example.com\\u00a0",
                "\\u00a0kim@example.com",
                "\\ufeffkim@example.com",
                "kim@example.com\\u200b",
                "kim@example.com\\u200e",
                "\\u202aKim@Example.com\\u202c \\r\\n"
            })
    void invisibleCharactersBesideAnAddressAreRemoved(String address) {
        // when
        post("track", order("userId", "seen", "seen", ",\"email\":\"" + address + "\""));

        // then
        awaitNothingPending();
        assertThat(emailOf(0), is("kim@example.com"));
        operator()
                .queryParam("contact", "\u200eKim@Example.com\u00a0")
                .get("/events")
                .then()
                .body("events[0].contact", is("kim@example.com"));
        operator()
                .body("{\"email\":\"" + address + "\"}")
                .post("/contacts/forget")
                .then()
                .statusCode(200)
                .body("settled", greaterThan(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kim <kim@example.com>", "kim@example.com\\u0000", "mailto:kim@example.com"})
    void anInvalidAddressReachesNobody(String text) {
        // when
        post("track", order("email", text, "none", ",\"email\":\"" + text + "\""));

        // then
        awaitNothingPending();
        assertThat(arrived(), empty());
    }

    @Test
    void explainShowsThatTheEmailWasLearned() {
        // given
        identify("user-3", "browser-3", "explained@example.com");

        // when
        operator()
                .body(order("userId", "user-3", "explained", ""))
                .post("/explain")
                .then()
                .statusCode(200)
                .body("outcome", is("sent"))
                .body("event.ordered_by", is("explained@example.com"))
                .body("requests[0].identifiers[0].value", is("explained@example.com"))
                .body("requests[0].identifiers[0].path", is("learned from an earlier event"));

        // then
        operator().get("/status").then().body("spools[0].knownIdentities", greaterThan(1));
    }

    @Test
    void aContactThatIsForgottenWhileListrakIsClosedIsNotSentWhenItOpens() {
        // given
        long forgotten = tally("dropped", "forgotten");
        identify("user-4", "browser-4", "erased@example.com");
        awaitNothingPending();
        listrakAnswers(aResponse().withStatus(403));
        accept("before");
        await().atMost(BOUND).until(this::isParked);
        post("track", order("userId", "user-4", "erased-by-user", ""));
        accept("after");
        await().atMost(BOUND).until(() -> spool().laneStates().get(0).pending() == 3);

        // when
        operator()
                .body("{\"email\":\" Erased@example.com\"}")
                .post("/contacts/forget")
                .then()
                .statusCode(200)
                .body("identities", is(2))
                .body("pending", is(1))
                .body("settled", is(1))
                .body("deadLetters", is(0))
                .body("rewritten", is(true))
                .body("spools.name", contains("events"));
        // forget the requests of earlier probes
        listrak.resetRequests();
        listrakTakesAll();

        // then
        awaitNothingPending();
        assertThat(arrived().stream().distinct().toList(), contains("before", "after"));
        assertThat(tally("dropped", "forgotten"), is(forgotten + 1));
        operator()
                .queryParam("contact", "erased@example.com")
                .get("/events")
                .then()
                .body("events", hasSize(0));
        post("track", order("userId", "user-4", "later", ""));
        awaitNothingPending();
        assertThat(arrived().contains("later"), is(false));
    }

    @Test
    void noFurtherRequestIsMadeOfAContactThatIsForgottenInTheMidstOfItsBatch() {
        // given
        int orders = 20;
        long delivered = tally("delivered", "");
        long forgotten = tally("dropped", "forgotten");
        listrakAnswers(aResponse().withStatus(200).withBody(TAKEN).withFixedDelay(300));
        post(
                "events",
                IntStream.range(0, orders)
                        .mapToObj(i -> order("midst@example.com", "midst-" + i))
                        .toList()
                        .toString());
        awaitRequests(1);

        // when
        operator()
                .body("{\"email\":\"midst@example.com\"}")
                .post("/contacts/forget")
                .then()
                .statusCode(200);

        // then
        awaitNothingPending();
        assertThat(arrived().size(), lessThan(orders));
        assertThat(tally("delivered", "") - delivered, is((long) arrived().size()));
        assertThat(
                tally("dropped", "forgotten") - forgotten,
                is((long) orders - arrived().size()));
    }

    private void listrakTakesAll() {
        listrakAnswers(aResponse().withStatus(200).withBody(TAKEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "",
                "{}",
                "[]",
                "{\"email\":\"nobody\"}",
                "{\"email\":5}",
                "{\"email\":\"a@b.c\",\"spool\":\"events\"}"
            })
    void forgettingAnInvalidAddressIsRefused(String body) {
        operator()
                .body(body)
                .post("/contacts/forget")
                .then()
                .statusCode(400)
                .body("error", startsWith("body: expected {\"email\": an e-mail address}, found "));
    }

    @Test
    void nobodyForgetsWithoutTheToken() {
        given().baseUri(admin())
                .body("{\"email\":\"a@b.c\"}")
                .post("/contacts/forget")
                .then()
                .statusCode(401);
    }
}
