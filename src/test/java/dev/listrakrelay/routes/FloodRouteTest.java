package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A contact that floods its lane: what becomes of its events, and of the contacts that share the lane. */
@QuarkusTest
@TestProfile(KeyRateRouteTest.Limited.class)
@WithTestResource(FakeListrakAccount.class)
class FloodRouteTest extends Outcomes {

    @Test
    void theEventsBeyondTheLimitAreDroppedAndTheOtherContactsAreDelivered() {
        // given
        long before = tally("dropped", "flood");

        // when more events than two batches have, and another contact behind them
        store(Stream.concat(events("bot@example.com", "bot", 1_200), events("kim@example.com", "kim", 1)));

        // then
        assertThat(arrived().stream().filter(id -> id.startsWith("bot")).toList(), is(ids("bot", 10)));
        assertThat(arrived().stream().filter(id -> id.startsWith("kim")).toList(), is(ids("kim", 1)));
        assertThat(tally("dropped", "flood") - before, is(1_190L));
    }

    @Test
    void anEventThatIsTriedAgainCountsOnce() {
        // given
        for (int failure = 0; failure < 5; failure++) {
            listrak.stubFor(eventRequest()
                    .inScenario("busy")
                    .whenScenarioStateIs(failure == 0 ? Scenario.STARTED : "failed " + failure)
                    .willSetStateTo("failed " + (failure + 1))
                    .willReturn(aResponse().withStatus(503)));
        }
        long before = tally("dropped", "flood");

        // when
        store(events("often@example.com", "often", 10));

        // then
        assertThat(arrived().stream().distinct().toList(), is(ids("often", 10)));
        assertThat(tally("dropped", "flood") - before, is(0L));
        assertThat(dead(), empty());
    }

    @Test
    void inABatchTheOtherContactsShareTheFirstRequestOfAFlood() {
        // when
        store(Stream.concat(events("crowd@example.com", "crowd", 8), events("lee@example.com", "lee", 1)));

        // then
        assertThat(orders(requests().get(0)), contains("crowd-0", "lee-0"));
    }

    private void store(Stream<Event> events) {
        SpoolUnavailable.await(spool().append(events.toList()));
        awaitNothingPending();
    }

    private static Stream<Event> events(String contact, String id, int number) {
        return ids(id, number).stream()
                .map(orderId -> new Event(
                        0,
                        orderId,
                        "test",
                        "track",
                        "Order Completed",
                        contact,
                        Instant.now(),
                        order(contact, orderId).getBytes(UTF_8)));
    }

    private static List<String> ids(String id, int number) {
        return IntStream.range(0, number).mapToObj(i -> id + "-" + i).toList();
    }
}
