package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator finds events and their outcomes over HTTP, and resumes a parked destination. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class AdminRouteTest extends ThroughTheDoors {

    @Test
    void anEventIsFoundByItsContactWithEveryStep() {
        // given
        accept("Traced@Example.com", "traced");
        awaitNothingPending();

        // when
        int seq = operator()
                .queryParam("contact", "traced@example.com")
                .get("/events")
                .then()
                .statusCode(200)
                .body("events", hasSize(1))
                .body("events[0].outcome", is("delivered"))
                .extract()
                .path("events[0].seq");

        // then
        operator()
                .get("/events/" + seq)
                .then()
                .statusCode(200)
                .body("steps[0].outcome", is("accepted"))
                .body("steps[-1].outcome", is("delivered"))
                .body("steps[-1].request.destination", is("listrak"))
                .body("steps[-1].request.status", is(200))
                .body("steps[-1].request.events", is(1))
                .body("steps[-1].request.bytes", greaterThan(100))
                .body("steps[-1].request.ambiguous", is(false))
                .body("delivery.millis", greaterThanOrEqualTo(0))
                .body("sent.mapping.isNow", is(true))
                .body("sent.mapping.hash.length()", is(12))
                .body("sent.explanation.outcome", is("sent"))
                .body("sent.explanation.requests[0].body", containsString("\"order_id\":\"traced\""))
                .body("payload.properties.order_id", is("traced"))
                .body("contact", is("traced@example.com"));
    }

    @Test
    void aPlusInAnAddressIsAPlus() {
        // given
        accept("user+tag@example.com", "tagged");
        awaitNothingPending();

        // when
        ValidatableResponse found = operator()
                .urlEncodingEnabled(false)
                .get("/events?contact=user+tag@example.com")
                .then();

        // then
        found.statusCode(200).body("events", hasSize(1)).body("events[0].contact", is("user+tag@example.com"));
    }

    @Test
    void aSearchByPostKeepsTheAddressOutOfTheUrl() {
        // given
        accept("posted@example.com", "posted");
        awaitNothingPending();

        // when
        ValidatableResponse events = operator()
                .body("{\"contact\":\"Posted@example.com\",\"limit\":5}")
                .post("/events/search")
                .then();

        // then
        events.statusCode(200).body("events.outcome", contains("delivered")).body("deadLetters", hasSize(0));
        operator()
                .body("{\"contact\":\"posted@example.com\"}")
                .post("/dead-letters/search")
                .then()
                .statusCode(200)
                .body("deadLetters", hasSize(0));
        operator().body("[]").post("/events/search").then().statusCode(400);
        operator().body("{\"contact\":{}}").post("/events/search").then().statusCode(400);
    }

    @Test
    void aUserIdFindsTheEventsOfItsEmail() {
        // given
        caller().body(
                        "{\"userId\":\"known-7\",\"anonymousId\":\"browser-7\",\"traits\":{\"email\":\"seven@example.com\"}}")
                .post("/v1/identify")
                .then()
                .statusCode(200);
        accept("seven@example.com", "seventh");
        awaitNothingPending();

        // when
        ValidatableResponse byUser =
                operator().queryParam("contact", "known-7").get("/events").then();

        // then
        byUser.statusCode(200).body("events.outcome", hasItem("delivered"));
        operator()
                .queryParam("contact", "browser-7")
                .get("/events")
                .then()
                .body("events.outcome", hasItem("delivered"));
        operator().queryParam("contact", "known-8").get("/events").then().body("events", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example.com", "http://localhost.evil.example.com", "null"})
    void noPageOfAnotherOriginIsAnswered(String origin) {
        for (String path : List.of("q/metrics", "q/health/ready", "admin/status")) {
            given().header("Origin", origin)
                    .header("Authorization", "Bearer " + FakeListrakAccount.ADMIN_TOKEN)
                    .get(management.resolve("/" + path))
                    .then()
                    .statusCode(403)
                    .header("Access-Control-Allow-Origin", nullValue());
            given().header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .options(management.resolve("/" + path))
                    .then()
                    .statusCode(403)
                    .header("Access-Control-Allow-Origin", nullValue());
        }
    }

    @Test
    void callersThatAreNoPageAndPagesOfThisPortAreAnswered() {
        given().get(management.resolve("/q/metrics")).then().statusCode(200);
        given().header("Origin", "http://localhost:" + management.getPort())
                .get("http://localhost:" + management.getPort() + "/q/metrics")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void anEventIsExplainedAndNotSent() {
        // given
        String order = order("Explained@Example.com", "explained");

        // when
        operator()
                .body(order)
                .post("/explain")
                .then()
                .statusCode(200)
                .body("outcome", is("sent"))
                .body("rules.find { it.event_name == 'purchase' }.verdict", is("matches"))
                .body("requests[0].identifiers[0].value", is("explained@example.com"))
                .body("requests[0].identifiers[0].path", is("$.context.traits.email"))
                .body("requests[0].body", containsString("\"companyId\":12345"));

        // then
        awaitNothingPending();
        assertThat(arrived(), hasSize(0));
        operator().get("/status").then().body("mapping.rules", is(5)).body("mapping.refused", nullValue());
    }

    @Test
    void aParkedDestinationIsShownAndTriedWhenAskedFor() {
        // given
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .willReturn(aResponse().withStatus(403)));
        accept("parked@example.com", "parked");
        await().atMost(BOUND).until(() -> operator().get("/status").path("destinations[0].parked"));
        operator()
                .get("/status")
                .then()
                .statusCode(200)
                .body("destinations[0].name", is("listrak"))
                .body("destinations[0].reason", containsString("403"))
                .body("spools[0].pending", is(1))
                .body("spools[0].lanes.pending.sum()", is(1))
                .body("spools[0].oldestPendingAgeSeconds", greaterThan(-1))
                .body("spools[0].tally.outcome", hasItem("accepted"))
                .body("spools[0].replayWaiting", is(0));
        String path = operator()
                .queryParam("contact", "parked@example.com")
                .get("/events")
                .then()
                .body("events[0].waits", startsWith("listrak parked since 20"))
                .body("events[0].waits", containsString("because listrak.api-url: status 403"))
                .extract()
                .path("events[0].seq")
                .toString();
        operator()
                .get("/events/" + path)
                .then()
                .body("waits", containsString("because listrak.api-url: status 403"))
                .body("steps[0].outcome", is("accepted"))
                .body("steps[-1].outcome", is("attempted"))
                .body("steps[-1].request.status", is(403));
        listrakTakesEverythingButWaitsForNothing();

        // when
        operator().post("/destinations/listrak/resume").then().statusCode(200).body("name", is("listrak"));

        // then
        awaitNothingPending();
        operator()
                .queryParam("contact", "parked@example.com")
                .get("/events")
                .then()
                .body("events[0].outcome", is("delivered"))
                .body("events[0].waits", nullValue());
        operator()
                .get("/status")
                .then()
                .body("destinations[0].parked", is(false))
                .body("destinations[0].reason", nullValue());
    }

    @Test
    void anEventWhoseLaneIsPausedShowsTheFailure() {
        // given
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .willReturn(aResponse().withStatus(503)));

        // when
        accept("resting@example.com", "resting");

        // then
        await().atMost(BOUND).untilAsserted(() -> operator()
                .queryParam("contact", "resting@example.com")
                .get("/events")
                .then()
                .body("events[0].waits", containsString("failures in a row: "))
                .body("events[0].waits", containsString("last failure: listrak.api-url: status 503")));
        listrakTakesEverythingButWaitsForNothing();
        awaitNothingPending();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/events?limit=0           | limit: expected a whole number from 1 to 1000, found 0",
                "/events?limit=x           | limit: expected a whole number from 1 to 1000, found x",
                "/events?from=yesterday    | from: expected a time such as 2026-06-06T12:34:56Z, found yesterday",
                "/events?outcome=lost      | outcome: expected one of accepted, dead, delivered",
                "/events?email=a           | email: unknown, expected one of messageId, contact",
                "/events?spool=other       | spool: expected one of events, found other",
                "/events/first             | seq: expected a whole number",
                "/dead-letters?before=-1   | before: expected a whole number",
                "/dead-letters?limit=1&limit=2 | limit: expected one value, found two",
            })
    void aWrongParameterIsRefusedWithItsName(String path, String error) {
        operator().get(path).then().statusCode(400).body("error", startsWith(error));
    }

    @Test
    void nobodyGetsInWithoutTheToken() {
        given().baseUri(admin()).get("/status").then().statusCode(401).body("spools", nullValue());
        given().baseUri(admin())
                .header("Authorization", "Bearer other")
                .get("/events")
                .then()
                .statusCode(401);
        given().baseUri(admin())
                .header("Authorization", "Bearer other")
                .get("/nothing")
                .then()
                .statusCode(401);
        caller().get("/admin/status").then().statusCode(404);
    }

    @Test
    void aTestAlertIsAnsweredWith404WhileAlertsAreOff() {
        operator()
                .post("/alerts/test")
                .then()
                .statusCode(404)
                .body(
                        "error",
                        is("alerts.url: missing, expected the address that alerts are posted to; set ALERTS_URL"));
    }

    @Test
    void anUnknownEventOrPathIsAnsweredWith404() {
        operator().get("/events/999999999").then().statusCode(404);
        operator()
                .get("/nothing")
                .then()
                .statusCode(404)
                .body("error", equalTo("path: unknown, expected one of GET /admin/openapi.yaml"));
        operator().get("/openapi.yaml").then().statusCode(200).body(startsWith("openapi: 3"));
    }

    @Test
    void thePlotsShowEventsAndRequestsOfThisMinuteAndOfTheHourBefore() {
        // given
        operator().get("/plots").then().statusCode(200);
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .inScenario("plots")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withFault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("well"));

        // when
        accept("plotted@example.com", "plotted");
        awaitNothingPending();

        // then
        operator()
                .queryParam("minutes", 1440)
                .get("/plots")
                .then()
                .statusCode(200)
                .body("accepted", hasSize(1440))
                .body("accepted.sum { it ?: 0 }", greaterThan(0))
                .body("delivered.sum { it ?: 0 }", greaterThan(0))
                .body("delayP95.findAll { it != null }.size()", greaterThan(0))
                .body("requests.'listrak 200'.sum { it ?: 0 }", greaterThan(0))
                .body("requests.'listrak no answer'.sum { it ?: 0 }", greaterThan(0))
                .body("pending", hasSize(1440))
                .body("part", nullValue());
        operator().get("/plots?minutes=1441").then().statusCode(400);
    }

    private static void accept(String email, String orderId) {
        caller().body(order(email, orderId)).post("/v1/track").then().statusCode(200);
    }

    private void listrakTakesEverythingButWaitsForNothing() {
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .willReturn(aResponse().withStatus(200).withBody(TAKEN)));
    }
}
