package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalToObject;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An event posted over REST arrives at Listrak a moment later, in the form of listrak-api §2. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class DeliverRouteTest extends ThroughTheDoors {

    @Test
    void anOrderArrivesAsListrakDescribesIt() throws Exception {
        // given the example of listrak-api §2, with a number that no double can represent
        String order =
                """
                {"event":"Order Completed","timestamp":"2026-06-06T12:34:56Z",
                 "context":{"traits":{"email":" User@Example.com "}},
                 "properties":{"order_id":"ORD-10428","revenue":129.99,"currency":"USD","points":9007199254740993}}""";

        // when
        caller().body(order).post("/v1/track").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl(), is("/crosschannel/v1/Event"));
        assertThat(request.getHeader("Authorization"), is("Bearer " + token));
        assertThat(request.getHeader("Content-Type"), is("application/json"));
        assertThat(
                json(request),
                equalToObject(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"eventUid":"11111111-2222-4333-8444-555555555555","companyId":12345,"events":[
                  {"identifiers":[{"identifierType":"EmailAddress","identifierValue":"user@example.com"}],
                   "dataFields":{"event_name":"purchase","order_id":"ORD-10428","revenue":129.99,"currency":"USD",
                     "points":9007199254740993,"event_time":"2026-06-06T12:34:56Z"}}]}""")));
        assertThat(request.getBodyAsString(), containsString("\"revenue\":129.99,"));
        assertThat(request.getBodyAsString(), containsString("\"points\":9007199254740993,"));
    }

    @Test
    void numbersArriveDigitByDigit() {
        // given
        String order =
                """
                {"event":"Order Completed","context":{"traits":{"email":"numbers@example.com"}},
                 "properties":{"a":1.10,"b":1E2,"c":0.1000000000000000055511151231257827,"d":-0,"e":[1.50,2]}}""";

        // when
        caller().body(order).post("/v1/track").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(
                requests().get(0).getBodyAsString(),
                containsString("\"a\":1.10,\"b\":1E2,\"c\":0.1000000000000000055511151231257827,\"d\":-0,"
                        + "\"e\":\"[1.50,2]\""));
    }

    @Test
    void aBatchOfMixedEventsArrivesWithoutThoseThatAreNotWanted() {
        // given
        long noEmail = tally("dropped", "no_email");
        long noRule = tally("dropped", "no_rule");
        String batch =
                """
                {"batch":[
                  {"type":"page","name":"Home","context":{"traits":{"email":"mixed1@example.com"}}},
                  {"type":"track","event":"Product Viewed","properties":{"order_id":"P","email":"mixed2@example.com"}},
                  {"type":"track","event":"Order Completed","userId":"u1","properties":{"order_id":"nobody's"}},
                  {"type":"track","event":"Door Opened","context":{"traits":{"email":"mixed3@example.com"}}},
                  {"type":"identify","traits":{"email":"mixed4@example.com"}},
                  {"type":"track","event":"order completed","traits":{"email":"mixed5@example.com"}}]}""";

        // when
        caller().body(batch).post("/v1/batch").then().statusCode(200).body("accepted", is(6));
        awaitNothingPending();

        // then
        List<String> names = requests().stream()
                .flatMap(request -> json(request).findValuesAsText("event_name").stream())
                .toList();
        assertThat(names, containsInAnyOrder("page_view", "view_item", "purchase"));
        assertThat(tally("dropped", "no_email") - noEmail, is(1L));
        assertThat(tally("dropped", "no_rule") - noRule, is(2L));
    }

    @Test
    void twoEventsOfOneContactGoInTwoRequestsInOrder() {
        // given
        String batch = "[" + order("twice@example.com", "first") + "," + order("Twice@Example.com ", "second") + ","
                + order("twice@example.com", "third") + "]";

        // when
        caller().body(batch).post("/v1/events").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(
                requests().stream().map(ThroughTheDoors::orders).toList(),
                contains(List.of("first"), List.of("second"), List.of("third")));
    }

    @Test
    void manyContactsOfOneBatchShareRequests() {
        // given
        Set<String> ids = IntStream.range(0, 200).mapToObj(i -> "many-" + i).collect(Collectors.toSet());
        String batch =
                ids.stream().map(id -> order(id + "@example.com", id)).collect(Collectors.joining(",", "[", "]"));

        // when
        caller().body(batch).post("/v1/events").then().statusCode(200).body("accepted", is(200));
        awaitNothingPending();

        // then
        assertThat(arrived(), hasSize(200));
        assertThat(Set.copyOf(arrived()), is(ids));
        assertThat(requests(), hasSize(spool().lanes()));
    }

    @Test
    void nothingACallerSendsInAHeaderChangesTheRequest() {
        // given
        String secretive = order("headers@example.com", "untouched");

        // when
        caller().header("Host", "evil.example.com")
                .header("CamelHttpUri", "http://localhost:1/evil")
                .header("CamelHttpPath", "/evil")
                .header("CamelHttpQuery", "evil=1")
                .header("CamelHttpMethod", "DELETE")
                .header("CamelHttpRawQuery", "evil=1")
                .header("X-Evil", "evil")
                .header("Cookie", "evil=1")
                .queryParam("evil", "1")
                .body(secretive)
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        LoggedRequest request = requests().get(0);
        assertThat(request.getUrl(), is(EVENT));
        assertThat(request.getHeader("Host"), is("localhost:" + listrak.port()));
        assertThat(request.getHeader("Authorization"), is("Bearer " + token));
        assertThat(request.getHeaders().toString().toLowerCase().contains("evil"), is(false));
    }
}
