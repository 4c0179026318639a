package dev.listrakrelay.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A webhook of Journey Hub is shown with the event of its contact that it follows, and the time between. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(FakeThirdParty.class)
class JourneyRouteTest extends ThroughTheDoors {

    FakeThirdParty.Server thirdParty;

    @BeforeEach
    void thirdPartiesTakeEverything() {
        thirdParty.stubFor(WireMock.post(WireMock.anyUrl()).willReturn(WireMock.noContent()));
    }

    private final String email = UUID.randomUUID() + "@example.com";

    private void post(String event) {
        caller().body(event).post("/v1/track").then().statusCode(200);
        awaitNothingPending();
    }

    private static String signedUp(String email) {
        return "{\"type\":\"track\",\"event\":\"Signed Up\",\"context\":{\"traits\":{\"email\":\"" + email + "\"}}}";
    }

    /** Posts a webhook, with the contact's address as Listrak appends it. */
    private static void webhook(String name, String contact) {
        byte[] body = "{\"coupon\":\"%s\",\"contact\":{\"emailAddress\":\"%s\"}}"
                .formatted(UUID.randomUUID(), contact.toUpperCase())
                .getBytes(UTF_8);
        assertThat(Webhooks.send(name, body), is(200));
    }

    private JsonPath events() {
        return operator()
                .queryParam("contact", email)
                .get("/events")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void aWebhookIsShownWithTheEventThatItFollowsAndTheTimeBetween() {
        // given
        post(signedUp(email));
        post(order(email, "J-1"));

        // when
        webhook("orders", email);

        // then
        JsonPath found = events();
        assertThat(found.getList("events.spool"), contains("webhook-orders", "events", "events"));
        assertThat(found.getString("events[0].follows.name"), is("Order Completed"));
        assertThat(found.getLong("events[0].follows.seq"), is(found.getLong("events[1].seq")));
        Instant delivered = Instant.parse(found.getString("events[0].follows.deliveredAt"));
        Instant received = Instant.parse(found.getString("events[0].receivedAt"));
        assertThat(delivered, is(Instant.parse(found.getString("events[1].at"))));
        assertThat(
                found.getLong("events[0].follows.millis"),
                is(Duration.between(delivered, received).toMillis()));
        assertThat(found.getString("events[1].follows"), nullValue());

        long order = found.getLong("events[1].seq");
        operator()
                .get("/events/" + order)
                .then()
                .body("followedBy", hasSize(1))
                .body("followedBy[0].name", is("orders"))
                .body("followedBy[0].seq", is(found.getInt("events[0].seq")))
                .body("followedBy[0].millis", is(found.getInt("events[0].follows.millis")));
        operator().get("/events/" + found.getLong("events[2].seq")).then().body("followedBy", hasSize(0));
        operator()
                .get("/events/" + found.getLong("events[0].seq") + "?spool=webhook-orders")
                .then()
                .body("follows.seq", is((int) order));
    }

    @Test
    void aWebhookWhoseEventsAreNamedFollowsTheLatestOfThese() {
        // given
        post(signedUp(email));
        post(order(email, "J-2"));

        // when
        webhook("carts", email);

        // then
        assertThat(events().getString("events[0].follows.name"), is("Signed Up"));
    }

    @Test
    void aWebhookOfAnotherContactOrBeforeAnyEventFollowsNone() {
        // given
        post(signedUp("other-" + email));

        // when
        webhook("orders", email);
        post(signedUp(email));

        // then
        assertThat(events().getString("events[1].spool"), is("webhook-orders"));
        assertThat(events().getString("events[1].follows"), nullValue());
    }

    @Test
    void anEventThatListrakDidNotAcceptIsNotFollowed() {
        // given
        post(signedUp(email));
        post("{\"type\":\"track\",\"event\":\"No Rule\",\"context\":{\"traits\":{\"email\":\"" + email + "\"}}}");

        // when
        webhook("orders", email);

        // then
        assertThat(events().getString("events[0].follows.name"), is("Signed Up"));
    }

    @Test
    void eachWebhookIsCountedWithTheMedianOfTheTimeBetween() {
        // given
        post(signedUp(email));

        // when
        webhook("carts", email);

        // then
        operator()
                .get("/journeys")
                .then()
                .statusCode(200)
                .body("webhooks.find { it.name == 'carts' }.following", greaterThanOrEqualTo(1))
                .body("webhooks.find { it.name == 'carts' }.events.name", contains("Signed Up"))
                .body("webhooks.find { it.name == 'carts' }.medianMillis", greaterThanOrEqualTo(0));
    }
}
