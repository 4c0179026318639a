package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees, Outcomes: if a 2xx answer refuses one recipient, only this event fails. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class PartialResultRouteTest extends Outcomes {

    @Test
    void aRecipientThatListrakRefusesIsADeadLetterWithItsMessage() {
        // given
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("unknown@example.com"))
                .willReturn(okJson(recipient("Unknown@Example.com", 400, "Contact not found"))));

        // when
        accept("known1", "unknown", "known2");
        awaitNothingPending();

        // then
        assertThat(arrived(), contains("known1", "unknown", "known2"));
        assertThat(dead().stream().map(Dead::orderId).toList(), contains("unknown"));
        assertThat(dead().get(0).reason(), is("recipient_rejected"));
        assertThat(dead().get(0).answer(), containsString("Contact not found"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500})
    void aRecipientThatMayRecoverIsRetriedAndItsLaterEventsWaitBehindIt(int status) {
        // given
        String slow = "slow" + status + "@example.com";
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("first"))
                .inScenario("recovers" + status)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(okJson(recipient(slow, status, "busy"))));
        String batch = "[" + order(slow, "first") + "," + order("other" + status + "@example.com", "other") + ","
                + order(slow, "second") + "]";

        // when
        caller().body(batch).post("/v1/events").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(dead(), empty());
        assertThat(arrived(), contains("first", "other", "first", "second"));
    }

    private static String recipient(String email, int status, String message) {
        return """
            {"data":[{"statusCode":%d,"identifiers":[{"identifierType":"EmailAddress","identifierValue":"%s"}],
             "errors":[{"message":"%s"}]}],"meta":{"statusCode":200}}"""
                .formatted(status, email, message);
    }
}
