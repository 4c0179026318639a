package dev.listrakrelay.delivery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.TestClock;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees, Outcomes: how long the relay sends nothing to a destination, and what a failed connection means. */
class DestinationTest {

    private final TestClock wall = new TestClock();
    private final TestClock clock = new TestClock();
    private final Destination destination =
            new Destination("listrak", Duration.ofHours(72), wall, clock, new DestinationConfig() {
                @Override
                public Duration probeInterval() {
                    return Duration.ofSeconds(60);
                }

                @Override
                public Duration maximumProbeInterval() {
                    return Duration.ofMinutes(15);
                }
            });

    /** The clock starts at 2025-11-21T10:00:00Z. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30                            | 30",
                "0                             | 1",
                "99999                         | 3600",
                "Fri, 21 Nov 2025 10:02:00 GMT | 120",
                "Fri, 21 Nov 2025 09:00:00 GMT | 1",
                "Sat, 22 Nov 2025 10:00:00 GMT | 3600"
            })
    void retryAfterStopsRequestsForAsLongAsAskedFromASecondToAnHour(String header, int seconds) throws Exception {
        // given
        DeliveryFailure failure = answer(429, header).failure(clock);

        // when
        destination.askedToWait(((DeliveryFailure.AskedToWait) failure).retryAfter());

        // then
        clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(isOpen(), is(false));
        clock.advance(Duration.ofMillis(1));
        assertThat(isOpen(), is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "", "9999999999999999999", "Fri, 99 Nov 2025 10:02:00 GMT"})
    void garbageInRetryAfterIsIgnored(String header) {
        // when
        DeliveryFailure failure = answer(503, header).failure(clock);

        // then
        assertInstanceOf(DeliveryFailure.Unavailable.class, failure);
    }

    @Test
    void aChangedMachineClockDoesNotChangeTheWait() throws Exception {
        // given
        destination.askedToWait(Duration.ofSeconds(100));

        // when
        wall.advance(Duration.ofDays(-1));

        // then
        assertEquals(Optional.of(wall.instant().plusSeconds(100)), destination.askedToWaitUntil());
        clock.advance(Duration.ofSeconds(100));
        assertThat(isOpen(), is(true));
        assertEquals(Optional.empty(), destination.askedToWaitUntil());

        // and when
        destination.askedToWait(Duration.ofSeconds(100));
        wall.advance(Duration.ofDays(2));

        // then
        assertThat(isOpen(), is(false));
    }

    @Test
    void aClockThatIsSetBackDelaysNoProbe() throws Exception {
        // given
        destination.park("status 403");

        // when
        wall.advance(Duration.ofDays(-1));
        clock.advance(Duration.ofSeconds(60));

        // then
        assertThat(isOpen(), is(true));
    }

    @Test
    void aShorterWaitDoesNotCutALongerOneShort() throws Exception {
        // given
        destination.askedToWait(Duration.ofSeconds(100));

        // when
        destination.askedToWait(Duration.ofSeconds(2));

        // then
        clock.advance(Duration.ofSeconds(99));
        assertThat(isOpen(), is(false));
    }

    @Test
    void theProbesOfAnHourFollowTheBackOff() throws Exception {
        // given
        destination.park("status 403");

        // when
        int probes = 0;
        for (int second = 0; second < 3_600; second++) {
            clock.advance(Duration.ofSeconds(1));
            probes += isOpen() ? 1 : 0;
        }

        // then after 1, 3, 7, 15, 30, 45 and 60 minutes
        assertEquals(7, probes);
    }

    @Test
    void aRequestOfABatchThatBeganBeforeRetryAfterIsNotSent() {
        // given
        destination.permitRequest();

        // when
        destination.askedToWait(Duration.ofSeconds(30));

        // then
        assertThrows(DeliveryFailure.NotSent.class, destination::permitRequest);
        clock.advance(Duration.ofSeconds(30));
        destination.permitRequest();
    }

    @Test
    void aProbeSendsOneRequestAndAResumedDestinationAnyNumber() throws Exception {
        // given
        destination.permitRequest();
        destination.park("status 403");
        assertThrows(DeliveryFailure.NotSent.class, destination::permitRequest);
        clock.advance(Duration.ofSeconds(60));
        assertThat(isOpen(), is(true));

        // when
        destination.permitRequest();

        // then
        assertThrows(DeliveryFailure.NotSent.class, destination::permitRequest);
        destination.resume();
        destination.permitRequest();
        destination.permitRequest();
    }

    @Test
    void aFailureToConnectIsNotAmbiguous() {
        // given
        HttpHost host = new HttpHost("localhost", 1);

        // when, then
        assertInstanceOf(
                DeliveryFailure.Unreachable.class, ConnectionFailure.classify(host, new ConnectException("refused")));
        assertInstanceOf(
                DeliveryFailure.Ambiguous.class, ConnectionFailure.classify(host, new SocketException("reset")));
        assertInstanceOf(DeliveryFailure.Closed.class, ConnectionFailure.classify(host, (Exception)
                new SSLHandshakeException("PKIX").initCause(new CertificateException("self-signed"))));
    }

    @Test
    void aFailedConnectionIsDescribedByItsAddressAndCause() {
        // given
        HttpHost host = new HttpHost("localhost", 1);

        // when
        List<String> texts = Stream.of(
                        new ConnectException("Connect to http://localhost:1 failed: Connection refused"),
                        new UnknownHostException("localhost"),
                        new ConnectException("Network is unreachable"),
                        new SocketException("reset"))
                .map(failure -> ConnectionFailure.classify(host, failure).getMessage())
                .toList();

        // then
        assertEquals(
                List.of(
                        "can't connect to http://localhost:1 (connection refused)",
                        "can't connect to http://localhost:1 (unknown host)",
                        "can't connect to http://localhost:1 (ConnectException)",
                        "http://localhost:1: no complete answer, SocketException"),
                texts);
    }

    private boolean isOpen() throws InterruptedException {
        return destination.awaitOpen(Duration.ofMillis(1));
    }

    private static HttpAnswer answer(int status, String retryAfter) {
        return new HttpAnswer("listrak.api-url", status, "{}".getBytes(StandardCharsets.UTF_8), retryAfter);
    }
}
