package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The relay logs Listrak's first answer, and acts on it before the first event. This class makes the first request:
 * Quarkus runs the classes of a profile in the order of their names, and {@link SchemaRouteTest} comes later.
 */
@QuarkusTest
@TestProfile(CheckedByListrak.Checked.class)
@WithTestResource(FakeListrakAccount.class)
class FirstLookRouteTest extends ThroughTheDoors {

    @Inject
    MeterRegistry meters;

    private LogLines parking;
    private LogLines look;

    @BeforeEach
    void listen() {
        parking = new LogLines("dev.listrakrelay.delivery.Destination");
        look = new LogLines("dev.listrakrelay.listrak.SchemaCheck");
    }

    @AfterEach
    void stopListening() {
        parking.close();
        look.close();
    }

    @Test
    void refusedCredentialsParkBeforeTheFirstEventAndTheFirstAnswerIsLoggedOnce() {
        // given
        listrak.stubFor(post(urlPathEqualTo(TOKEN))
                .atPriority(1)
                .willReturn(aResponse().withStatus(400).withBody("{\"error\":\"Invalid Credentials\"}")));

        // when
        check();

        // then
        assertThat(parked(), is(1.0));
        assertThat(
                parking.from(Level.WARNING),
                contains(containsString("check listrak.client-id and listrak.client-secret, and that the integration is"
                        + " not paused")));

        // when the credentials are accepted
        listrakTakesEverything();
        Map<String, String> fields = new HashMap<>(CheckedByListrak.FIELDS);
        fields.remove("revenue");
        fields.remove("event_time");
        listrak.stubFor(get(urlPathEqualTo(CheckedByListrak.SCHEMA))
                .willReturn(okJson(CheckedByListrak.schema(fields, "\"Workflow\""))));
        CheckedByListrak.accept("\"order_id\":\"first\"");
        awaitNothingPending();
        check();
        check();

        // then
        assertThat(parked(), is(0.0));
        assertThat(
                look.from(Level.INFO),
                contains("listrak: Listrak accepts the credentials of integration relay & …; custom event Purchase has"
                        + " 5 fields, 2 mapped fields are missing"));
    }

    private void check() {
        operator().post("/contract/check").then().statusCode(200);
    }

    private double parked() {
        return meters.get("listrak.relay.parked")
                .tag("destination", "listrak")
                .gauge()
                .value();
    }
}
