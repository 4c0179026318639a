package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarantees, Outcomes, Park: if the configuration or the account causes a failure, the relay sends only probes, and no
 * event loses a try.
 */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class ParkRouteTest extends Outcomes {

    private static final int PROBE_MILLIS = 200;
    private static final int LONGEST_PROBE_MILLIS = 500;
    private static final int PROBES = 5;

    private LogLines said;

    @BeforeEach
    void listen() {
        said = new LogLines("dev.listrakrelay.delivery.Destination");
    }

    @AfterEach
    void stopListening() {
        said.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 302})
    void aClosedAccountIsProbedAndAllArrivesInOrderWhenItOpens(int status) {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(status).withHeader("Location", listrak.baseUrl() + "/elsewhere"));

        // when
        long start = System.nanoTime();
        accept("first" + status);
        awaitRequests(2);
        accept("second" + status, "third" + status);
        awaitRequests(PROBES);
        await().atMost(BOUND).until(() -> arrived().contains("third" + status));
        int probes = requests().size();
        long millis = (System.nanoTime() - start) / 1_000_000;

        // then
        assertThat(isParked(), is(true));
        assertThat((long) probes, lessThanOrEqualTo(2 + millis / PROBE_MILLIS));
        listrakAnswers(okJson(TAKEN));
        awaitNothingPending();
        assertThat(
                orders(requests().get(requests().size() - 1)),
                contains("first" + status, "second" + status, "third" + status));
        assertThatItWasNoFailureOfAnEvent(retried, "status " + status);
        assertThat(listrak.findAll(postRequestedFor(urlPathEqualTo("/elsewhere"))), empty());
    }

    @Test
    void aTokenThatIsRefusedForEverParks() {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(401));

        // when
        accept("unauthorized");
        awaitRequests(PROBES);

        // then
        assertThat(isParked(), is(true));
        listrakAnswers(okJson(TAKEN));
        awaitNothingPending();
        assertThatItWasNoFailureOfAnEvent(retried, "401");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 405})
    void refusedCredentialsPark(int status) {
        // given Listrak refuses the relay's token, and gives out no other
        long retried = tally("retried", "");
        listrak.stubFor(post(urlPathEqualTo(TOKEN))
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withBody("{\"error\":\"invalid_client\"}")));
        listrakAnswers(aResponse().withStatus(401));

        // when
        accept("credentials" + status);
        await().atMost(BOUND).until(this::isParked);

        // then
        listrak.stubFor(post(urlPathEqualTo(TOKEN)).atPriority(1).willReturn(okJson(tokenAnswer())));
        listrakAnswers(okJson(TAKEN));
        awaitNothingPending();
        assertThat(arrived().get(arrived().size() - 1), is("credentials" + status));
        assertThatItWasNoFailureOfAnEvent(retried, "status " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "401", "reset"})
    void aProbeIsOneRequestWhateverItsOutcome(String outcome) {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(403));
        accept("probe" + outcome);
        await().atMost(BOUND).until(this::isParked);

        // when
        long start = System.nanoTime();
        listrak.resetRequests();
        listrakAnswers(
                outcome.equals("reset")
                        ? aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)
                        : aResponse().withStatus(Integer.parseInt(outcome)));
        awaitRequests(PROBES + 3);
        int probes = requests().size();
        long millis = (System.nanoTime() - start) / 1_000_000;

        // then
        assertThat((long) probes, lessThanOrEqualTo(3 + millis / LONGEST_PROBE_MILLIS));
        listrakAnswers(okJson(TAKEN));
        awaitNothingPending();
        assertThatItWasNoFailureOfAnEvent(retried, "status 403");
    }

    @Test
    void aProbeThatIsAskedToWaitLetsTheNextOneWait() {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(403));
        accept("patient");
        await().atMost(BOUND).until(this::isParked);

        // when Listrak asks to wait; the first counted request may have been sent before
        listrakAnswers(aResponse().withStatus(429).withHeader("Retry-After", "2"));
        listrak.resetRequests();
        awaitRequests(3);

        // then
        List<Long> times = requests().stream()
                .map(request -> request.getLoggedDate().getTime())
                .sorted()
                .toList();
        assertThat(times.get(2) - times.get(1), greaterThanOrEqualTo(1_900L));
        listrakAnswers(okJson(TAKEN));
        awaitNothingPending();
        assertThatItWasNoFailureOfAnEvent(retried, "status 403");
    }

    @Test
    void aProbeOfWhichListrakRejectsAnEventResumesAndThatOneAloneDies() {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(403));
        accept("healthy", "poison", "sound");
        await().atMost(BOUND).until(this::isParked);

        // when
        listrakAnswers(okJson(TAKEN));
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("poison"))
                .willReturn(aResponse().withStatus(400)));
        awaitNothingPending();

        // then
        assertThat(dead().stream().map(Dead::orderId).toList(), contains("poison"));
        assertThat(arrived(), hasItems("healthy", "sound"));
        assertThat(isParked(), is(false));
        assertThat(tally("retried", "") - retried, is(0L));
        assertThat("parked, resumed", said.from(Level.INFO), hasSize(2));
    }

    @Test
    void aTokenRevokedMidStreamCausesOneTokenRequestAndOneRetry() {
        // given
        accept("before");
        awaitNothingPending();
        listrak.resetRequests();
        listrak.stubFor(eventRequest()
                .inScenario("revoked")
                .whenScenarioStateIs("Started")
                .willSetStateTo("renewed")
                .willReturn(aResponse().withStatus(401)));

        // when
        accept("one", "two", "three");
        awaitNothingPending();

        // then
        assertThat(tokenRequests(), hasSize(1));
        assertThat(arrived(), contains("one", "two", "three", "one", "two", "three"));
        assertThat(requests(), hasSize(2));
        assertThat(isParked(), is(false));
        assertThat(dead(), empty());
    }

    private void assertThatItWasNoFailureOfAnEvent(long retriedBefore, String cause) {
        assertThat(dead(), empty());
        assertThat(tally("retried", "") - retriedBefore, is(0L));
        assertThat(isParked(), is(false));
        assertThat(spool().pauses(0), is(0));
        assertThat(said.from(Level.WARNING), contains(containsString(cause)));
        assertThat("parked, resumed", said.from(Level.INFO), hasSize(2));
    }
}
