package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST source's calls, write keys and answers. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class SourceRestRouteTest extends ThroughTheDoors {

    private static final String IDENTIFY = "{\"type\":\"identify\",\"userId\":\"u1\"}";

    @ParameterizedTest
    @ValueSource(strings = {"page", "screen", "identify", "group", "alias"})
    void eachTypeHasItsOwnCall(String call) {
        caller().body("{\"userId\":\"u1\"}")
                .post("/v1/" + call)
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejected", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "s", "i", "g", "a"})
    void aBrowserMayCallEachTypeByItsFirstLetter(String call) {
        caller().body("{\"userId\":\"u1\"}")
                .post("/v1/" + call)
                .then()
                .statusCode(200)
                .body("accepted", is(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t | {\"event\":\"Order Completed\"} | 1",
                "b | {\"batch\":[" + IDENTIFY + "," + IDENTIFY + "]} | 2",
                "import | {\"batch\":[" + IDENTIFY + "]} | 1",
                "events | " + IDENTIFY + " | 1",
                "events | [" + IDENTIFY + "," + IDENTIFY + "] | 2",
                "batch | {\"sentAt\":\"now\",\"batch\":[" + IDENTIFY + "," + IDENTIFY + "]} | 2",
                "track | {\"event\":\"Order Completed\"} | 1"
            })
    void oneOrManyEventsAreAccepted(String call, String body, int accepted) {
        caller().body(body)
                .post("/v1/" + call)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("accepted", is(accepted))
                .body("rejected", empty());
    }

    @Test
    void aBatchsAnswerNamesTheRejectedEventsAndTheReasons() {
        // given
        String batch = "{\"batch\":[" + IDENTIFY + ",{\"type\":\"track\"},7,{\"type\":\"dance\"}]}";

        // when
        var answer = caller().body(batch).post("/v1/batch").then();

        // then
        answer.statusCode(200)
                .body("accepted", is(1))
                .body("rejected.index", contains(1, 2, 3))
                .body(
                        "rejected.reason",
                        contains(
                                "event: missing, expected the name of the track event",
                                "event: expected an object, found a number",
                                "type: unknown, expected one of track, page, screen, identify, group, alias"));
    }

    @ParameterizedTest
    @CsvSource({"events, []", "batch, {\"batch\":[]}"})
    void aRequestWithoutAnEventIsRefused(String call, String body) {
        caller().body(body)
                .post("/v1/" + call)
                .then()
                .statusCode(400)
                .body("error", is("body: no events, expected at least one"));
    }

    @Test
    void aRequestWithNothingValidIsRefusedWithTheReasons() {
        caller().body("[{\"type\":\"dance\"}]")
                .post("/v1/events")
                .then()
                .statusCode(400)
                .body("accepted", is(0))
                .body("rejected.index", contains(0))
                .body("error", containsString("body: no valid event"));
    }

    @Test
    void theSameMessageIdIsStoredOnce() {
        // given
        String order =
                order("same@example.com", "same").replaceFirst("\\{", "{\"messageId\":\"" + UUID.randomUUID() + "\",");

        // when
        for (int i = 0; i < 3; i++) {
            caller().body(order).post("/v1/track").then().statusCode(200);
        }
        caller().body("[" + order + "," + order + "]").post("/v1/events").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(arrived(), is(List.of("same")));
    }

    @Test
    void aWriteKeyComesAsBasicUserNameOrBearerTokenOrInTheBody() {
        String key = FakeListrakAccount.SECOND_WRITE_KEY;
        given().contentType("application/json")
                .auth()
                .preemptive()
                .basic(key, "")
                .body(IDENTIFY)
                .post("/v1/events")
                .then()
                .statusCode(200);
        given().contentType("application/json")
                .auth()
                .preemptive()
                .oauth2(key)
                .body(IDENTIFY)
                .post("/v1/events")
                .then()
                .statusCode(200);
        given().contentType("application/json")
                .body("{\"batch\":[" + IDENTIFY + "],\"writeKey\":\"" + key + "\"}")
                .post("/v1/batch")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic bm9ib2R5Og==", "Bearer nobody", "Bearer", "Digest key-of-the-shop"})
    void aWrongWriteKeyIsRefused(String authorization) {
        long accepted = tally("accepted", "");
        given().contentType("application/json")
                .header("Authorization", authorization)
                .body(IDENTIFY)
                .post("/v1/events")
                .then()
                .statusCode(401)
                .body("error", not(containsString("nobody")));
        assertThat(tally("accepted", ""), is(accepted));
    }

    @Test
    void noWriteKeyIsRefused() {
        given().contentType("application/json")
                .body(IDENTIFY)
                .post("/v1/events")
                .then()
                .statusCode(401)
                .body("accepted", is(0));
    }

    @Test
    void nothingCanBeRead() {
        caller().get("/v1/track").then().statusCode(405).body("error", is("method: not allowed, expected POST"));
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request, POST, /v1/track, {}",
        "unauthorized, POST, /v1/track, ''",
        "not_found, POST, /v1/dance, {}",
        "not_found, POST, /nowhere, {}",
        "method_not_allowed, GET, /v1/track, ''"
    })
    void anErrorHasTheCodeAndTheMessageThatSdksRead(String code, String method, String path, String body) {
        // given
        RequestSpecification request = code.equals("unauthorized") ? given().contentType("application/json") : caller();

        // when
        var answer = request.body(body).request(method, path).then();

        // then
        answer.body("code", is(code)).body("message", is(answer.extract().<String>path("error")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "t", "batch", "b", "import", "events"})
    void aCallMayEndInASlash(String call) {
        // given
        String event = "{\"type\":\"track\",\"event\":\"Order Completed\"}";
        boolean isBatch = List.of("batch", "b", "import").contains(call);

        // when // then
        caller().body(isBatch ? "{\"batch\":[" + event + "]}" : event)
                .post("/v1/" + call + "/")
                .then()
                .statusCode(200)
                .body("accepted", is(1));
    }

    @Test
    void aBrokenBodyWithoutAKeyInAHeaderIsReportedWithItsPosition() {
        // given
        String body = "{\"batch\":[{\"type\":\"track\",\"event\":\"x\",\"properties\":{\"n\":NaN}}],"
                + "\"writeKey\":\"" + FakeListrakAccount.WRITE_KEY + "\"}";

        // when // then
        given().contentType("application/json")
                .body(body)
                .post("/v1/batch")
                .then()
                .statusCode(400)
                .body("error", is("body: not JSON at byte 59"));
    }

    @Test
    void aBrowsersSdkGetsTheHostThatItAskedInItsSettings() {
        given().header("Host", "relay.example.com")
                .get("/v1/projects/any \"key/settings")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("integrations.size()", is(1))
                .body("integrations.'Segment.io'.apiKey", is("any \"key"))
                .body("integrations.'Segment.io'.apiHost", is("relay.example.com/v1"))
                .body("metrics.sampleRate", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/m", "/v1/m/"})
    void anSdksOwnMetricsAreAnsweredAndNotStored(String path) {
        // given
        long before =
                spool().tally().values().stream().mapToLong(Long::longValue).sum();

        // when
        given().contentType("text/plain")
                .body("{\"series\":[{\"type\":\"Counter\",\"metric\":\"analytics_js.invoke\"}]}")
                .post(path)
                .then()
                .statusCode(200)
                .body("accepted", is(0))
                .body("rejected[0].reason", is("metrics of an SDK: not kept"));

        // then
        assertThat(spool().tally().values().stream().mapToLong(Long::longValue).sum(), is(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/json"})
    void aWriteKeyInTheBodyLetsABeaconIn(String contentType) {
        // given
        String beacon = "{\"writeKey\":\"" + FakeListrakAccount.WRITE_KEY + "\",\"batch\":[" + IDENTIFY + "]}";

        // when // then
        given().contentType(contentType)
                .body(beacon)
                .post("/v1/b")
                .then()
                .statusCode(200)
                .body("accepted", is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/dance", "/v1/", "/v1/track/more", "/v2/track", "/", "/admin/status", "/q/health"})
    void aPathThatIsNoCallIsAnsweredWithThoseThatAre(String path) {
        caller().body(IDENTIFY)
                .post(path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("error", containsString("expected /v1/track, page"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Peggy\"}",
                "{\"type\":\"track\",\"event\":{\"Peggy\":1}}",
                "{\"type\":\"identify\",\"Peggy\":Peggy}",
                "\"Peggy",
                "{\"type\":\"identify\",\"Peggy\":1,\"Peggy\":2}",
                "[\"Peggy\"]",
                "{\"type\":\"identify\"} Peggy"
            })
    void anErrorContainsNothingOfThePayload(String body) {
        String answer = caller().body(body)
                .post("/v1/events")
                .then()
                .statusCode(400)
                .extract()
                .asString();
        assertThat(answer, not(containsString("Peggy")));
    }
}
