package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guarantees, Outcomes: a request without a complete answer is sent again, and counted as ambiguous. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class AmbiguousRouteTest extends Outcomes {

    /** How Listrak fails to answer; the first two failures end only at {@code listrak.deadline}. */
    private static final Map<String, ResponseDefinitionBuilder> FAULTS = Map.of(
            "hang", okJson(TAKEN).withFixedDelay(4_000),
            "drip", okJson(TAKEN).withChunkedDribbleDelay(20, 6_000),
            "mid-body close", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            "close without an answer", aResponse().withFault(Fault.EMPTY_RESPONSE),
            "reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    @ParameterizedTest
    @CsvSource({
        "hang, time-out",
        "drip, time-out",
        "mid-body close, answer cut short",
        "close without an answer, connection closed",
        "reset, connection reset"
    })
    void aRequestWithoutACompleteAnswerIsSentAgainAndCounted(String fault, String cause) {
        // given
        double before = ambiguous();
        listrak.stubFor(eventRequest()
                .inScenario(fault)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(FAULTS.get(fault)));

        String order = "unsure-" + UUID.randomUUID();

        // when
        accept(order);
        awaitNothingPending();

        // then
        assertThat(ambiguous() - before, is(1.0));
        assertThat(arrived(), contains(order, order));
        assertThat(dead(), empty());
        String email = order + "@example.com";
        long seq = operator()
                .get("/ambiguous?contact=" + email)
                .then()
                .statusCode(200)
                .body("ambiguous.size()", is(1))
                .body("ambiguous[0].contact", is(email))
                .body("ambiguous[0].name", is("Order Completed"))
                .body("ambiguous[0].destination", is("listrak"))
                .body("ambiguous[0].cause", is(cause))
                .body("ambiguous[0].sendings", is(2))
                .body("ambiguous[0].sentAt", notNullValue())
                .body("ambiguous[0].sentAgainAt", notNullValue())
                .body("ambiguous[0].outcome", is("delivered"))
                .extract()
                .jsonPath()
                .getLong("ambiguous[0].seq");
        operator().get("/events/" + seq).then().body("ambiguous.sendings", is(2));
        String csv = marketer()
                .get("/ambiguous?format=csv&contact=" + email)
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .extract()
                .asString();
        assertThat(csv, startsWith("contact,messageId,name,destination,cause,sendings,sentAt,sentAgainAt,outcome,"));
        assertThat(csv, containsString("\r\nu•••@example.com,"));
        assertThat(csv, containsString(",Order Completed,listrak," + cause + ",2,"));
        operator().get("/ambiguous?format=ndjson&contact=" + email).then().body(startsWith("{\"seq\":" + seq + ","));
        operator()
                .get("/ambiguous?format=xml")
                .then()
                .statusCode(400)
                .body("error", is("format: expected json, csv or ndjson, found xml"));
        operator().get("/ambiguous?format=csv&limit=5").then().statusCode(400);
        operator().get("/ambiguous?outcome=lost").then().statusCode(400);
        operator().get("/ambiguous?order=1").then().statusCode(400).body("error", startsWith("order: unknown"));
    }
}
