package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalToObject;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** With {@code listrak.request-style=event-configurations}, events go to the path that Listrak's OpenAPI describes. */
@QuarkusTest
@TestProfile(ColdLanesRouteTest.HundredLanes.class)
@WithTestResource(FakeListrakAccount.class)
class EventConfigurationsStyleTest extends ThroughTheDoors {

    @Override
    String eventPath() {
        return ColdLanesRouteTest.EVENT_OF_STYLE;
    }

    @Test
    void anOrderArrivesUnderItsCustomEvent() throws Exception {
        // given
        String order =
                """
                {"event":"Order Completed","timestamp":"2026-06-06T12:34:56Z",
                 "context":{"traits":{"email":"style@example.com"}},"properties":{"revenue":129.99}}""";

        // when
        caller().body(order).post("/v1/track").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        assertThat(requests().get(0).getHeader("Content-Type"), is("application/json"));
        assertThat(
                json(requests().get(0)),
                equalToObject(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"events":[
                  {"identifiers":[{"identifierType":"EmailAddress","identifierValue":"style@example.com"}],
                   "dataFields":{"event_name":"purchase","revenue":129.99,"channel":"web","items":"many","event_time":"2026-06-06T12:34:56Z"}}]}""")));
    }
}
