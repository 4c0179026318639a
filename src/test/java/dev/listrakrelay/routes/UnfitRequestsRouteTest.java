package dev.listrakrelay.routes;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed or hostile requests are refused early, end their connection, and don't fill the log. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class UnfitRequestsRouteTest extends ThroughTheDoors {

    private static final String KEY = "Authorization: Bearer " + FakeListrakAccount.WRITE_KEY + "\r\n";
    private static final String EVENT = "{\"event\":\"x\",\"userId\":\"unfit\"}";
    private static final String CHUNKED = "1e\r\n" + EVENT + "\r\n0\r\n\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String SECRET = "/v1/track?email=ada@example.com&writeKey=abc";

    @TestHTTPResource("/")
    URI intake;

    @Inject
    MeterRegistry meters;

    /**
     * The log lines of the HTTP server (io.quarkus, io.vertx, io.netty), and the relay's lines about failed requests.
     */
    private final LogLines said = new LogLines(
            "",
            line -> line.getLoggerName().startsWith("io.")
                    || line.getLoggerName().startsWith("dev.listrakrelay.http."));

    @AfterEach
    void listenNoMore() {
        said.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/track HTTP/1.1\r\nAuthorization: Bearer wrong\r\n",
                "POST /cloudevents HTTP/1.1\r\nAuthorization: Basic d3Jvbmc6\r\n",
                "POST /v1/batch HTTP/1.1\r\nContent-Encoding: gzip\r\nAuthorization: Bearer wrong\r\n",
                "POST /webhooks/listrak/orders HTTP/1.1\r\nLTK-Timestamp: x\r\nLTK-HmacSignature: x\r\n",
                "POST /webhooks/listrak/orders HTTP/1.1\r\nLTK-Timestamp: 1\r\n"
            })
    void aCallerWithoutAccessIsRefusedBeforeTheBodyIsRead(String head) throws IOException {
        try (RawConnection connection = open()) {
            // when no byte of the body is sent
            String answer = connection
                    .send(head + "Host: x\r\nContent-Length: 512000\r\n\r\n")
                    .readUntil("\r\n\r\n");

            // then
            assertThat(answer, startsWith(head.contains("orders") ? "HTTP/1.1 404" : "HTTP/1.1 401"));
        }
    }

    @Test
    void aCallerThatWaitsToBeAskedForItsBodyIsAsked() throws IOException {
        try (RawConnection connection = open()) {
            // given
            connection.send(post(KEY + "Expect: 100-continue\r\nContent-Length: 30\r\n"));

            // when
            String asked = connection.readUntil("\r\n\r\n");
            String answer = connection.send(EVENT).readUntil("\r\n\r\n");

            // then
            assertThat(asked, startsWith("HTTP/1.1 100"));
            assertThat(answer, startsWith("HTTP/1.1 200"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a b", "Host: x:99999"})
    void aBadHostIsTheCallersMistakeAndNoErrorOfOurs(String host) throws IOException {
        try (RawConnection connection = open()) {
            // when
            String answer = connection
                    .send("POST " + SECRET + " HTTP/1.1\r\n" + host + "\r\nContent-Length: 0\r\n\r\n")
                    .readUntil("\r\n\r\n");

            // then
            assertThat(answer, startsWith("HTTP/1.1 400"));
            assertThat(said.from(Level.WARNING), empty());
        }
    }

    @Test
    void ofTwoHostsNeitherIsTakenAndTheConnectionEnds() throws IOException {
        try (RawConnection connection = open()) {
            // when
            String answer = connection
                    .send(post("Host: y\r\n" + KEY + "Content-Length: 30\r\n") + EVENT + NEXT)
                    .readAll();

            // then
            assertThat(answer, startsWith("HTTP/1.1 400"));
            assertThat(answer, not(containsString("404")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "gzip, chunked", "chunked, chunked", "chunked;q=1"})
    void aTransferEncodingThatIsNotKnownEndsTheConnection(String encoding) throws IOException {
        try (RawConnection connection = open()) {
            // when
            String answer = connection
                    .send(post(KEY + "Transfer-Encoding: " + encoding + "\r\n") + CHUNKED + NEXT)
                    .readAll();

            // then
            assertThat(answer, either(startsWith("HTTP/1.1 400")).or(startsWith("HTTP/1.1 501")));
            assertThat(answer, not(containsString("404")));
        }
    }

    @Test
    void bytesAfterALengthWithATransferEncodingAreNotReadAsTheNextRequest() throws IOException {
        try (RawConnection connection = open()) {
            // when
            String answer = connection
                    .send(post(KEY + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + CHUNKED + NEXT)
                    .readAll();

            // then
            assertThat(answer, startsWith("HTTP/1.1 400"));
            assertThat(answer, not(containsString("404")));
        }
    }

    @Test
    void aConnectionIsKeptBehindARequestInChunks() throws IOException {
        try (RawConnection connection = open()) {
            // when
            connection
                    .send(post(KEY + "Transfer-Encoding: chunked\r\n") + CHUNKED)
                    .readUntil("rejected");
            String answer = connection.send(NEXT).readUntil("not_found");

            // then
            assertThat(answer, containsString("HTTP/1.1 404"));
        }
    }

    @Test
    void http2WithoutTlsIsNotSpoken() throws IOException {
        try (RawConnection upgrade = open();
                RawConnection preface = open()) {
            // when
            String answer = upgrade.send("GET /next HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
                    .readUntil("\r\n\r\n");
            String refused = preface.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").readAll();

            // then
            assertThat(answer, startsWith("HTTP/1.1 404"));
            assertThat(refused, containsString("400"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", KEY, FORM, KEY + FORM})
    void connectionsThatBreakInMidBodyWriteNothingToTheLogAndUseNoMemory(String headers) throws IOException {
        // when
        for (int i = 0; i < 10; i++) {
            open().send(post(headers + "Content-Length: 500000\r\n") + EVENT).breakOff();
            open().send(post(headers + "Transfer-Encoding: chunked\r\n") + "1e\r\n" + EVENT)
                    .breakOff();
        }

        // then
        await().atMost(BOUND).until(() -> inUse() == 0);
        assertThat(said.from(Level.WARNING), empty());
    }

    @Test
    void invalidChunksWriteNothingToTheLogAndUseNoMemory() throws IOException {
        // when
        for (String headers : new String[] {"", KEY, FORM}) {
            open().send(post(headers + "Transfer-Encoding: chunked\r\n") + "zz\r\n")
                    .breakOff();
        }

        // then
        await().atMost(BOUND).until(() -> inUse() == 0);
        assertThat(said.from(Level.WARNING), empty());
    }

    private static String post(String headers) {
        return "POST " + SECRET + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    private double inUse() {
        return meters.find("listrak.relay.bodies.bytes").gauges().stream()
                .mapToDouble(share -> share.value())
                .sum();
    }

    private RawConnection open() throws IOException {
        return new RawConnection(intake, BOUND);
    }
}
