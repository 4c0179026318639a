package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator sees over HTTP why events are dead letters, and replays them. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class DeadLettersRouteTest extends ThroughTheDoors {

    @Test
    void aDeadLetterIsShownWithListraksAnswerAndReplayed() {
        // given
        reject("poison");
        accept("dead@example.com", "poison");
        awaitNothingPending();
        int seq = operator()
                .queryParam("contact", "dead@example.com")
                .get("/dead-letters")
                .then()
                .statusCode(200)
                .body("deadLetters", hasSize(1))
                .body("deadLetters[0].reason", is("rejected"))
                .body("deadLetters[0].answer", containsString("no such field"))
                .body("deadLetters[0].request", containsString("poison"))
                .extract()
                .path("deadLetters[0].seq");
        operator().get("/dead-letters/" + seq).then().statusCode(200).body("payload.properties.order_id", is("poison"));
        listrakTakesEverything();

        // when
        List<Integer> replayed = List.of(replay("{\"ids\":[" + seq + "]}"), replay("{\"ids\":[" + seq + "]}"));

        // then
        awaitNothingPending();
        assertThat(replayed, contains(1, 0));
        assertThat(arrived(), contains("poison"));
        operator().get("/dead-letters/" + seq).then().statusCode(404);
        operator().get("/events/" + seq).then().body("outcome", is("replayed"));
    }

    @Test
    void aSearchForAContactFindsItsDeadLetters() {
        // given
        reject("refused");
        accept("asked@example.com", "refused");
        awaitNothingPending();

        // when
        ValidatableResponse answer = operator()
                .queryParam("contact", "asked@example.com")
                .get("/events")
                .then();

        // then
        answer.statusCode(200)
                .body("events.outcome", contains("dead"))
                .body("deadLetters", hasSize(1))
                .body("deadLetters[0].answer", containsString("no such field"));
    }

    @Test
    void deadLettersAreReplayedByAFilter() {
        // given
        reject("filtered");
        accept("filter@example.com", "filtered");
        awaitNothingPending();
        listrakTakesEverything();

        // when
        int replayed = replay("{\"filter\":{\"reason\":\"rejected\",\"contact\":\"filter@example.com\"}}");

        // then
        awaitNothingPending();
        assertThat(replayed, is(1));
        assertThat(arrived(), contains("filtered"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json                       | body: expected an object with either ids or filter, found no JSON",
                "{}                            | body: expected an object with either ids or filter",
                "{\"ids\":[1],\"filter\":{}}   | body: expected an object with either ids or filter",
                "{\"ids\":[1,\"2\"]}           | ids[1]: expected the seq of a dead letter",
                "{\"filter\":{\"limit\":\"1\"}} | filter.limit: expected one of messageId, contact",
                "{\"filter\":{\"cause\":\"a\"}} | cause: unknown, expected one of",
            })
    void aReplayThatIsNotUnderstoodIsRefused(String body, String error) {
        operator()
                .contentType("application/json")
                .body(body)
                .post("/dead-letters/replay")
                .then()
                .statusCode(400)
                .body("error", startsWith(error));
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        operator()
                .contentType("application/json")
                .body("{\"ids\":[" + "1,".repeat(200_000) + "1]}")
                .post("/dead-letters/replay")
                .then()
                .statusCode(413);
    }

    private static void accept(String email, String orderId) {
        caller().body(order(email, orderId)).post("/v1/track").then().statusCode(200);
    }

    private void reject(String orderId) {
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .withRequestBody(containing(orderId))
                .willReturn(aResponse().withStatus(400).withBody("{\"error\":\"no such field\"}")));
    }

    private int replay(String body) {
        return operator()
                .contentType("application/json")
                .body(body)
                .post("/dead-letters/replay")
                .then()
                .statusCode(200)
                .extract()
                .path("replayed");
    }
}
