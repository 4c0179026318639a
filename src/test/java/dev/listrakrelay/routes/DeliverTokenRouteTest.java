package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.common.Gzip;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes without a token share one token request, and a refused token is replaced. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class DeliverTokenRouteTest extends ThroughTheDoors {

    /** Delivers an event, so that the relay has a token of this test. */
    @BeforeEach
    void aTokenIsInUse() {
        caller().body(order("before@example.com", "before"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();
        listrak.resetRequests();
    }

    @Test
    void aRefusedTokenIsReplacedAndTheRequestSentOnceMore() {
        // given
        renew("fresh");

        // when
        caller().body(order("refused@example.com", "once"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // then
        assertThat(tokenRequests(), hasSize(1));
        assertThat(
                listrak.findAll(postRequestedFor(urlPathEqualTo(EVENT))).stream()
                        .map(request -> request.getHeader("Authorization"))
                        .toList(),
                contains("Bearer " + token, "Bearer fresh"));
    }

    @Test
    void manySendersWaitForOneToken() {
        // given
        renew("shared");
        String batch = IntStream.range(0, 400)
                .mapToObj(i -> order("sender" + i + "@example.com", "s" + i))
                .collect(Collectors.joining(",", "[", "]"));

        // when
        caller().body(batch).post("/v1/events").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(tokenRequests(), hasSize(1));
        assertThat(
                listrak.findAll(postRequestedFor(urlPathEqualTo(EVENT))
                                .withHeader("Authorization", equalTo("Bearer shared")))
                        .size(),
                is(spool().lanes()));
    }

    @Test
    void theCredentialsAreFormEncoded() {
        // given
        renew("encoded");

        // when
        caller().body(order("form@example.com", "form"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // then
        LoggedRequest request = tokenRequests().get(0);
        assertThat(request.getHeader("Content-Type"), is("application/x-www-form-urlencoded"));
        assertThat(
                request.getBodyAsString(),
                is("grant_type=client_credentials&client_id=relay+%26+co&client_secret=a%2Bb%26c%25d%3De+f"));
        assertThat(request.getHeader("Authorization") == null, is(true));
    }

    @Test
    void aGzippedTokenAnswerIsRead() {
        // given
        renew("packed");
        listrak.stubFor(post(urlPathEqualTo(TOKEN))
                .atPriority(1)
                .willReturn(okJson("")
                        .withHeader("Content-Encoding", "gzip")
                        .withBody(Gzip.gzip(tokenAnswer().replace(token, "packed")))));

        // when
        caller().body(order("packed@example.com", "packed"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // then
        assertThat(
                listrak.findAll(
                        postRequestedFor(urlPathEqualTo(EVENT)).withHeader("Authorization", equalTo("Bearer packed"))),
                hasSize(1));
        assertThat(tokenRequests().get(0).containsHeader("Accept-Encoding"), is(false));
    }

    @Test
    void aTokenRefusedAgainLeavesTheEventPending() {
        // given
        listrak.stubFor(
                post(urlPathEqualTo(EVENT)).atPriority(1).willReturn(aResponse().withStatus(401)));

        // when
        caller().body(order("again@example.com", "again"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        await().atMost(BOUND)
                .until(() ->
                        listrak.findAll(postRequestedFor(urlPathEqualTo(EVENT))).size() >= 4);

        // then
        assertThat(spool().pending(), is(1L));
        listrak.stubFor(post(urlPathEqualTo(EVENT)).atPriority(1).willReturn(okJson(TAKEN)));
        awaitNothingPending();
        assertThat(tokenRequests().size(), greaterThan(0));
    }

    private void renew(String fresh) {
        listrak.stubFor(post(urlPathEqualTo(TOKEN))
                .atPriority(1)
                .willReturn(okJson(tokenAnswer().replace(token, fresh)).withFixedDelay(150)));
        listrak.stubFor(
                post(urlPathEqualTo(EVENT)).atPriority(2).willReturn(aResponse().withStatus(401)));
        listrak.stubFor(post(urlPathEqualTo(EVENT))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer " + fresh))
                .willReturn(okJson(TAKEN)));
    }
}
