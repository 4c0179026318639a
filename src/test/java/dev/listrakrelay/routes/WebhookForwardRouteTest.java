package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Search;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook reaches its third party unchanged, however long the third party is down, and independently of others. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(FakeThirdParty.class)
class WebhookForwardRouteTest extends Webhooks {

    @Inject
    Destinations destinations;

    @Test
    void aWebhookArrivesByteForByteWithItsOwnIdAndSignature() {
        // given bytes that are not valid UTF-8
        byte[] body = {'{', '"', 'e', '"', ':', '"', (byte) 0xff, (byte) 0xfe, 0, '"', '}', '\n', ' '};

        // when
        send("orders", body);

        // then
        LoggedRequest request = awaitForwarded("orders", 1).get(0);
        assertThat(request.getBody(), is(body));
        assertThat(request.getUrl(), is("/orders?code=a%2Bb==&httpMethod=1"));
        assertThat(request.getHeader("Content-Type"), is("application/json"));
        assertThat(verified(request), is("genuine"));
    }

    private static String verified(LoggedRequest request) {
        return Tool.run(
                "python3",
                "verify.py",
                request.getBody(),
                FakeThirdParty.FORWARD_SECRET,
                request.getHeader("webhook-id"),
                request.getHeader("webhook-timestamp"),
                request.getHeader("webhook-signature"));
    }

    @Test
    void nothingOfListraksRequestIsForwardedButTheBody() {
        // given
        byte[] body = cart("headers@example.com");
        String now = now();

        // when
        listrak()
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", sign(FakeThirdParty.SECRET, body, now))
                .header("Authorization", "Bearer of-the-caller")
                .header("CamelHttpUri", "http://localhost:1/elsewhere")
                .header("CamelHttpQuery", "a=b")
                .header("X-Other", "other")
                .body(body)
                .post("/webhooks/listrak/orders?extra=1")
                .then()
                .statusCode(200);

        // then
        LoggedRequest request = awaitForwarded("orders", 1).get(0);
        assertThat(request.getUrl(), is("/orders?code=a%2Bb==&httpMethod=1"));
        for (String header :
                List.of("LTK-Timestamp", "LTK-HmacSignature", "Authorization", "X-Other", "extra", "name")) {
            assertThat(header, request.getHeader(header), nullValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=UTF-8",
                "application/vnd.journey+json",
                "application/x-www-form-urlencoded",
                "text/plain"
            })
    void aWebhookKeepsItsContentType(String contentType) throws Exception {
        // given
        byte[] body = cart("type@example.com");
        String now = now();

        // when
        HttpRequest posted = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/webhooks/listrak/orders"))
                .header("Content-Type", contentType)
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", sign(FakeThirdParty.SECRET, body, now))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        assertThat(
                HttpClient.newHttpClient()
                        .send(posted, BodyHandlers.discarding())
                        .statusCode(),
                is(200));

        // then
        LoggedRequest request = awaitForwarded("orders", 1).get(0);
        assertThat(request.getHeader("Content-Type"), is(contentType));
        assertThat(request.getBody(), is(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void aThirdPartyThatIsDownGetsItWhenItIsBackUnderTheSameId(int status) {
        // given
        thirdPartyAnswers("orders", aResponse().withStatus(status));

        // when
        send("orders", cart("patient@example.com"));
        List<LoggedRequest> tries = awaitForwarded("orders", 4);

        // then
        assertThat(spool("orders").pending(), is(1L));
        awaitNothingPending("orders");
        assertThat(
                forwarded("orders").stream()
                        .map(request -> request.getHeader("webhook-id"))
                        .distinct()
                        .toList(),
                hasSize(1));
        assertThat(tries.size(), greaterThanOrEqualTo(4));
        assertThat(isParked("orders"), is(false));
    }

    @Test
    void aSlowThirdPartyDelaysNoOther() {
        // given a third party whose lanes all wait for a slow 503
        thirdPartyAnswers("orders", aResponse().withStatus(503).withFixedDelay(900));
        for (int i = 0; i < 40; i++) {
            send("orders", cart("slow" + i + "@example.com"));
        }

        // when
        for (int i = 0; i < 40; i++) {
            send("carts", cart("fast" + i + "@example.com"));
        }

        // then
        await().atMost(BOUND).until(() -> spool("carts").pending() == 0);
        assertThat(forwarded("carts"), hasSize(40));
        assertThat(spool("orders").pending(), is(40L));
        awaitNothingPending("orders");
    }

    @Test
    void webhooksOfOneContactArriveInTheOrderTheyCame() {
        // given
        byte[] first = cart("Ordered@example.com");
        byte[] second = cart("ordered@example.com");
        byte[] third = cart("ORDERED@example.com");
        thirdPartyAnswers("orders", aResponse().withStatus(503));

        // when
        send("orders", first);
        awaitForwarded("orders", 1);
        send("orders", second);
        send("orders", third);
        awaitForwarded("orders", 3);
        thirdParty.resetRequests();
        awaitNothingPending("orders");

        // then
        List<String> arrived = forwardedBodies("orders").stream().distinct().toList();
        assertThat(arrived, contains(new String(first), new String(second), new String(third)));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 302})
    void aThirdPartyThatIsClosedIsParkedAndGetsAllWhenItOpens(int status) {
        // given
        long dead = spool("orders").deadLetters().find(Search.ALL).size();
        thirdPartyAnswers(
                "orders", aResponse().withStatus(status).withHeader("Location", thirdParty.baseUrl() + "/elsewhere"));

        // when
        send("orders", cart("parked@example.com"));
        await().atMost(BOUND).until(() -> isParked("orders"));
        awaitForwarded("orders", 3);

        // then
        assertThat(isParked("carts"), is(false));
        awaitNothingPending("orders");
        assertThat(isParked("orders"), is(false));
        assertThat(spool("orders").deadLetters().find(Search.ALL), hasSize((int) dead));
        assertThat(forwarded("elsewhere"), hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aWebhookThatIsRefusedIsADeadLetterAndCanBeReplayed(int status) throws Exception {
        // given
        byte[] body = cart("refused@example.com");
        thirdPartyAnswers("orders", aResponse().withStatus(status).withBody("because"));

        // when
        send("orders", body);
        await().atMost(BOUND).until(() -> spool("orders").pending() == 0);

        // then
        DeadLetter deadLetter = spool("orders").deadLetters().find(Search.ALL).get(0);
        assertThat(deadLetter.answer(), containsString("because"));
        assertThat(deadLetter.request(), is(new String(body)));
        awaitNothingPending("orders");
        thirdParty.resetRequests();
        spool("orders")
                .deadLetters()
                .replay(List.of(deadLetter.event().seq()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(awaitForwarded("orders", 1).get(0).getBody(), is(body));
    }

    @Test
    void retryAfterIsHonouredForTheWholeThirdParty() {
        // given
        thirdPartyAnswers("orders", aResponse().withStatus(503).withHeader("Retry-After", "2"));
        send("orders", cart("asked@example.com"));
        await().atMost(BOUND).until(() -> destinations
                .named("webhook-orders")
                .orElseThrow()
                .askedToWaitUntil()
                .isPresent());

        // when
        thirdPartyAnswers("orders", aResponse().withStatus(200));
        send("orders", cart("another@example.com"));
        await().atMost(BOUND).until(() -> spool("orders").pending() == 0);

        // then
        List<LoggedRequest> requests = forwarded("orders");
        long waited = requests.get(1).getLoggedDate().getTime()
                - requests.get(0).getLoggedDate().getTime();
        assertThat(waited, greaterThanOrEqualTo(1_900L));
    }

    @Test
    void aThirdPartyThatNeverEndsItsAnswerIsGivenUpAtTheDeadlineAndCountedAmbiguous() {
        // given
        double before = ambiguous();
        thirdPartyAnswers("orders", aResponse().withStatus(200).withBody("slow").withChunkedDribbleDelay(10, 60_000));

        // when
        send("orders", cart("dripping@example.com"));
        await().atMost(BOUND).until(() -> ambiguous() > before);

        // then
        awaitNothingPending("orders");
    }

    @Test
    void aPrivateAddressIsNotConnectedToAndTheDestinationParked() {
        // when
        send("guarded", cart("guarded@example.com"));

        // then
        await().atMost(BOUND).until(() -> isParked("guarded"));
        assertThat(spool("guarded").pending(), greaterThanOrEqualTo(1L));
        assertThat(thirdParty.getAllServeEvents(), hasSize(0));
    }

    private double ambiguous() {
        return meters.counter("listrak.relay.ambiguous", "destination", "webhook-orders")
                .count();
    }

    private List<LoggedRequest> awaitForwarded(String name, int atLeast) {
        await().atMost(BOUND).until(() -> forwarded(name).size() >= atLeast);
        return forwarded(name);
    }
}
