package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code unknown_outcome: hold}: an event that Listrak may have is not sent again. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class UnknownOutcomeRouteTest extends Outcomes {

    @Test
    void anEventOfARuleThatHoldsBecomesADeadLetterAndTheOthersOfItsRequestAreSentAgain() {
        // given
        fail("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        // when
        acceptAll(paid("paid@example.com", "paid"), order("placed@example.com", "placed"));

        // then
        assertThat(
                requests().stream().map(ThroughTheDoors::orders).toList(),
                contains(List.of("paid", "placed"), List.of("placed")));
        assertThat(dead().stream().map(Dead::orderId).toList(), contains("paid"));
        assertThat(dead().get(0).reason(), is("unknown_outcome"));
        assertThat(dead().get(0).answer(), containsString("no complete answer"));
    }

    @Test
    void anEventThatTimesOutIsHeldAndTheNextOfItsContactIsDelivered() {
        // given
        fail("hang", okJson(TAKEN).withFixedDelay(4_000));

        // when
        acceptAll(paid("slow@example.com", "first"), paid("slow@example.com", "next"));

        // then
        assertThat(arrived(), contains("first", "next"));
        assertThat(dead().stream().map(Dead::orderId).toList(), contains("first"));
        assertThat(dead().get(0).answer(), is("listrak.deadline: no complete answer within 2000 ms"));
    }

    @Test
    void anAnswerIsNoUnknownOutcomeSoTheEventIsSentAgain() {
        // given
        fail("busy", aResponse().withStatus(503));

        // when
        acceptAll(paid("busy@example.com", "busy"));

        // then
        assertThat(arrived(), contains("busy", "busy"));
        assertThat(dead(), empty());
    }

    @Test
    void noFurtherItemOfAHeldEventIsSent() {
        // given
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("h2"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        // when
        acceptAll(
                """
                {"type":"track","event":"Order Shipped in Parts","context":{"traits":{"email":"held@example.com"}},
                 "properties":{"products":[{"order_id":"h1"},{"order_id":"h2"},{"order_id":"h3"}]}}""");

        // then
        assertThat(arrived(), contains("h1", "h2"));
        assertThat(dead(), hasSize(1));
        assertThat(dead().get(0).reason(), is("unknown_outcome"));
        assertThat(dead().get(0).answer(), startsWith("part 2 of 3: "));
    }

    /** Fails the first request of a test, and no further one. */
    private void fail(String scenario, ResponseDefinitionBuilder failure) {
        listrak.stubFor(eventRequest()
                .inScenario(scenario)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(failure));
    }

    private void acceptAll(String... events) {
        caller().body("[" + String.join(",", events) + "]")
                .post("/v1/events")
                .then()
                .statusCode(200);
        awaitNothingPending();
    }

    private static String paid(String email, String id) {
        return order(email, id).replace("Order Completed", "Order Paid");
    }
}
