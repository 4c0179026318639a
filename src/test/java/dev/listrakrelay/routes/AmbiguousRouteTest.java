package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"hang", "drip", "mid-body close", "close without an answer", "reset"})
    void aRequestWithoutACompleteAnswerIsSentAgainAndCounted(String fault) {
        // given
        double before = ambiguous();
        listrak.stubFor(eventRequest()
                .inScenario(fault)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(FAULTS.get(fault)));

        // when
        accept("unsure");
        awaitNothingPending();

        // then
        assertThat(ambiguous() - before, is(1.0));
        assertThat(arrived(), contains("unsure", "unsure"));
        assertThat(dead(), empty());
    }
}
