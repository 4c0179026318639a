package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A failed request is sent again; requests that were accepted before are not. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class DeliverRetryRouteTest extends ThroughTheDoors {

    @Test
    void aServerErrorKeepsTheEventPendingUntilItIsAccepted() {
        // given
        listrak.stubFor(post(urlPathEqualTo(EVENT))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(aResponse().withStatus(500)));

        // when
        caller().body(order("patient@example.com", "waits"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        await().atMost(BOUND).until(() -> requests().size() >= 4);

        // then
        assertThat(spool().pending(), is(1L));
        listrak.stubFor(post(urlPathEqualTo(EVENT)).atPriority(1).willReturn(okJson(TAKEN)));
        awaitNothingPending();
        int requests = requests().size();
        caller().body(order("patient@example.com", "next"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();
        assertThat(
                requests().subList(requests, requests().size()).stream()
                        .map(ThroughTheDoors::orders)
                        .toList(),
                contains(List.of("next")));
    }

    @Test
    void eventsAcceptedBeforeAFailureAreNotSentAgain() {
        // given three requests of one batch, of which the second fails once
        listrak.stubFor(post(urlPathEqualTo(EVENT))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer " + token))
                .withRequestBody(containing("\"second\""))
                .inScenario("second")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(aResponse().withStatus(503)));
        String batch = IntStream.range(0, 3)
                .mapToObj(i -> order(
                        "steps@example.com", List.of("first", "second", "third").get(i)))
                .collect(Collectors.joining(",", "[", "]"));

        // when
        caller().body(batch).post("/v1/events").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(arrived(), contains("first", "second", "second", "third"));
    }
}
