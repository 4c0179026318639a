package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code source.rest.max-events-per-second}: a caller that posts too many events is told to wait, and no other caller is. */
@QuarkusTest
@TestProfile(KeyRateRouteTest.Limited.class)
@WithTestResource(FakeListrakAccount.class)
class KeyRateRouteTest extends ThroughTheDoors {

    /** One event a second of each write key, and ten events an hour of each contact. */
    public static class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "source.rest.max-events-per-second", "1",
                    "source.rest.burst", "5",
                    "delivery.max-contact-events-per-hour", "10",
                    "spool.lanes", "1");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Inject
    MeterRegistry meters;

    @Test
    void aCallerThatPostsTooManyEventsWaitsAndTheOthersDoNot() throws IOException {
        // given a request over the burst, so large that the key waits for the rest of the test
        String batch = IntStream.range(0, 2_500)
                .mapToObj(i -> "{\"type\":\"page\",\"userId\":\"u" + i + "\"}")
                .collect(joining(",", "{\"batch\":[", "]}"));
        caller().body(batch).post("/v1/batch").then().statusCode(200).body("accepted", is(2_500));
        awaitNothingPending();
        long accepted =
                spool().tally().values().stream().mapToLong(Long::longValue).sum();

        // when
        ValidatableResponse limited =
                caller().body(order("k@example.com", "late")).post("/v1/track").then();

        // then
        limited.statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(1_000))
                .body("code", is("rate_limited"))
                .body("accepted", is(0))
                .body("message", startsWith("write key: too many events, expected at most 1 a second"));
        given().contentType("application/json")
                .body("{\"writeKey\":\"" + FakeListrakAccount.WRITE_KEY + "\",\"type\":\"page\",\"userId\":\"u\"}")
                .post("/v1/page")
                .then()
                .statusCode(429);
        try (RawConnection connection = new RawConnection(server, BOUND)) {
            // no byte of the body is sent
            String answer = connection
                    .send("POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nAuthorization: Bearer "
                            + FakeListrakAccount.WRITE_KEY + "\r\nContent-Length: 400000\r\n\r\n")
                    .readUntil("\r\n\r\n");
            assertThat(answer, allOf(startsWith("HTTP/1.1 429"), containsString("Retry-After")));
        }
        assertThat(spool().tally().values().stream().mapToLong(Long::longValue).sum(), is(accepted));
        given().auth()
                .preemptive()
                .basic(FakeListrakAccount.SECOND_WRITE_KEY, "")
                .contentType("application/json")
                .body(order("k@example.com", "of-the-app"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        assertThat(requests("1", "accepted"), is(1.0));
        assertThat(requests("1", "limited"), is(3.0));
        assertThat(requests("2", "accepted"), is(1.0));
    }

    private double requests(String key, String result) {
        return meters.counter("listrak.relay.key.requests", "key", key, "result", result)
                .count();
    }
}
