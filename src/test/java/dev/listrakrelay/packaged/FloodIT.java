package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guarantees, Bounds, Requests under way: a caller without a key can't stop the service or fill its memory. */
class FloodIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String POST = "POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 512000\r\n";

    /** The heap of 256 MB, and the JVM's other memory. */
    private static final long MOST_MIB = 512;

    @ParameterizedTest
    @CsvSource({"3000,20,false", "1000,511999,false", "1000,511999,true"})
    void bodiesThatNeverEndStopNobodyAndTakeNoMemory(int connections, int bytes, boolean hasKey) throws IOException {
        // given
        relay.start();
        String key = hasKey ? "Authorization: Bearer key\r\n" : "";
        List<Integer> answers = new ArrayList<>();

        // when
        try (Flood flood = new Flood(port(), connections, POST + key + "\r\n", bytes)) {
            await().atMost(BOUND).until(() -> flood.done() == connections);
            for (int i = 0; i < 20; i++) {
                answers.add(relay.post("track", Callers.event("c0/" + i)));
            }
            assertThat(relay.isLive(), is(true));
        }

        // then
        assertThat(answers, everyItem(is(in(List.of(200, 503)))));
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_bodies_bytes") == 0);
        assertThat(relay.post("track", Callers.event("c1/0")), is(200));
        awaitNothingPending(BOUND);
        assertThat(listrak.orderIds().contains("c1/0"), is(true));
        assertThat(relay.peakRssMib(), lessThan(MOST_MIB));
    }

    @Test
    void headsAndBodiesThatComeTooSlowlyEndTheirConnections() throws IOException {
        // given
        relay.with("QUARKUS_HTTP_IDLE_TIMEOUT", "1h")
                .with("INTAKE_HEADERS_TIMEOUT", "1s")
                .with("INTAKE_BODY_TIMEOUT", "1s")
                .start();

        // when
        try (Flood silent = new Flood(port(), 20, "", 0);
                Flood heads = new Flood(port(), 20, POST, 0);
                Flood bodies = new Flood(port(), 20, POST + "\r\n", 20)) {
            // then
            await().atMost(BOUND).until(() -> silent.closed() + heads.closed() + bodies.closed() == 60);
        }
        assertThat(relay.post("track", Callers.event("c0/0")), is(200));
    }

    @Test
    void brokenRequestsWriteALineAMinuteAndNothingOfTheirCaller() throws IOException {
        // given
        relay.start();
        long before = relay.logText().lines().count();
        String head =
                "POST /v1/track?email=ada@example.com HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";

        // when
        try (Flood broken = new Flood(port(), 300, head, 0);
                Flood badHosts = new Flood(port(), 300, head.replace("Host: x", "Host: a b"), 0)) {
            await().atMost(BOUND).until(() -> broken.closed() + badHosts.closed() == 600);
        }

        // then
        assertThat(relay.logText().contains("ada@example.com"), is(false));
        assertThat(relay.logText().lines().count() - before, lessThan(100L));
    }

    private int port() {
        return URI.create(relay.url()).getPort();
    }
}
