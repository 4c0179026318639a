package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests from a source to Listrak: a fake Listrak that accepts everything, callers, and what arrived. */
abstract class ThroughTheDoors {

    /** Long enough for a slow machine; only a failing test waits so long. */
    static final Duration BOUND = Duration.ofSeconds(60);

    static final String EVENT = "/crosschannel/v1/Event";
    static final String TOKEN = "/OAuth2/Token";
    static final String TAKEN = "{\"data\":[],\"meta\":{\"statusCode\":200}}";

    WireMockServer listrak;

    /** The only token that the fake Listrak gives out and accepts during this test. */
    final String token = UUID.randomUUID().toString();

    @Inject
    Spools spools;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void listrakTakesEverything() {
        listrak.resetAll();
        listrak.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(okJson(tokenAnswer())));
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(9)
                .willReturn(aResponse().withStatus(401)));
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(8)
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(okJson(TAKEN)));
        awaitNothingPending();
    }

    String eventPath() {
        return EVENT;
    }

    String tokenAnswer() {
        return "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":3599}";
    }

    Spool spool() {
        return spools.named("events");
    }

    long tally(String outcome, String reason) {
        return spool().tally().getOrDefault(new Spool.Outcome(outcome, reason), 0L);
    }

    static RequestSpecification caller() {
        return given().auth()
                .preemptive()
                .basic(FakeListrakAccount.WRITE_KEY, "")
                .contentType("application/json");
    }

    String admin() {
        return "http://localhost:" + management.getPort() + "/admin";
    }

    /** A request with the admin token. */
    RequestSpecification operator() {
        return given().baseUri(admin())
                .header("Authorization", "Bearer " + FakeListrakAccount.ADMIN_TOKEN)
                .contentType("application/json");
    }

    /** A request with the read token, which sees no whole e-mail address and changes nothing. */
    RequestSpecification marketer() {
        return given().baseUri(admin())
                .header("Authorization", "Bearer " + FakeListrakAccount.READ_TOKEN)
                .contentType("application/json");
    }

    /** An order of this contact, as a track event. */
    static String order(String email, String orderId) {
        return """
            {"type":"track","event":"Order Completed","context":{"traits":{"email":"%s"}},
             "properties":{"order_id":"%s"}}"""
                .formatted(email, orderId);
    }

    void awaitNothingPending() {
        await().atMost(BOUND).until(() -> spool().pending() == 0);
    }

    /** The event requests with this test's token, in order of arrival. */
    List<LoggedRequest> requests() {
        return listrak.findAll(
                postRequestedFor(urlPathEqualTo(eventPath())).withHeader("Authorization", equalTo("Bearer " + token)));
    }

    List<LoggedRequest> tokenRequests() {
        return listrak.findAll(postRequestedFor(urlPathEqualTo(TOKEN)));
    }

    static JsonNode json(LoggedRequest request) {
        try {
            return new ObjectMapper().readTree(request.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The order ids in a request. */
    static List<String> orders(LoggedRequest request) {
        List<String> orders = new ArrayList<>();
        json(request)
                .path("events")
                .forEach(event ->
                        orders.add(event.path("dataFields").path("order_id").asText()));
        return orders;
    }

    /** The order ids that arrived at Listrak, in order. */
    List<String> arrived() {
        return requests().stream().flatMap(request -> orders(request).stream()).toList();
    }
}
