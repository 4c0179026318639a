package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A hundred lanes start at once and share one token; and events that exceed their maximum age. */
@QuarkusTest
@TestProfile(ColdLanesRouteTest.HundredLanes.class)
@WithTestResource(FakeListrakAccount.class)
@TestMethodOrder(OrderAnnotation.class)
class ColdLanesRouteTest extends Outcomes {

    /** The path for events in the style {@code event-configurations}. */
    static final String EVENT_OF_STYLE =
            "/crosschannel/v1/eventConfigurations/" + FakeListrakAccount.EVENT_UID + "/events";

    /**
     * A hundred lanes and a maximum age of 1 ms. To save a start, the other request style and strict mode are on, too.
     */
    public static class HundredLanes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "spool.lanes", "100",
                    "spool.max-age", "1ms",
                    "listrak.request-style", "event-configurations",
                    "listrak.strict", "true",
                    "mapping.file", "src/test/resources/routes/contract.mapping.yaml");
        }
    }

    @Override
    String eventPath() {
        return EVENT_OF_STYLE;
    }

    @Test
    @Order(1)
    void aHundredColdLanesFetchOneToken() {
        // given
        listrak.stubFor(post(urlPathEqualTo(TOKEN))
                .atPriority(1)
                .willReturn(okJson(tokenAnswer()).withFixedDelay(500)));

        // when
        accept(IntStream.range(0, 1_000).mapToObj(i -> "cold-" + i));
        awaitNothingPending();

        // then
        assertThat(tokenRequests(), hasSize(1));
        assertThat(requests().size(), greaterThan(90));
        assertThat(Set.copyOf(arrived()), hasSize(1_000));
    }

    @Test
    @Order(2)
    void anEventThatIsTooOldDiesOnlyWhenItsDeliveryFails() {
        // given
        accept("old-but-taken");
        awaitNothingPending();
        assertThat(dead(), empty());
        listrakAnswers(aResponse().withStatus(503));

        // when
        LogLines said = new LogLines("dev.listrakrelay.spool.camel.LaneWorker");
        accept("old-and-failing");
        awaitNothingPending();
        said.close();

        // then
        assertThat("no event waits", said.from(Level.INFO), empty());
        assertThat(dead().stream().map(Dead::reason).toList(), contains("expired"));
        assertThat(dead().stream().map(Dead::orderId).toList(), contains("old-and-failing"));
    }

    @Test
    @Order(3)
    void anEventWhoseRecipientNeverRecoversExpiresToo() {
        // given
        listrakAnswers(
                okJson(
                        """
                        {"data":[{"statusCode":500,"identifiers":[{"identifierType":"EmailAddress",
                          "identifierValue":"never@example.com"}],"errors":[{"message":"busy"}]}]}"""));

        // when
        accept("never");
        awaitNothingPending();

        // then
        assertThat(dead().stream().map(Dead::reason).toList(), contains("expired"));
    }
}
