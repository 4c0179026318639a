package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.delivery.Destinations;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees, Outcomes, Retry-After: the relay sends nothing to a destination for as long as Listrak asked. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class AskedToWaitRouteTest extends Outcomes {

    @Inject
    Destinations destinations;

    @Test
    void allLanesWaitAndNoEventLosesATry() {
        // given
        accept("takes-the-token");
        awaitNothingPending();
        listrak.resetRequests();
        long retried = tally("retried", "");
        listrakAsksOnceToWait("busy", "3");

        // when
        accept("patient");
        await().atMost(BOUND).until(this::isAskedToWait);
        accept(IntStream.range(0, 50).mapToObj(i -> "behind-" + i));
        awaitNothingPending();

        // then
        List<Long> times = times();
        assertThat("from the refusal to the next request", times.get(1) - times.get(0), greaterThanOrEqualTo(2_900L));
        assertThat(arrived(), hasSize(52));
        assertThat(dead(), empty());
        assertThat(tally("retried", "") - retried, is(0L));
    }

    @ParameterizedTest
    @CsvSource({"seconds, 2, 1900", "a past date, 'Fri, 21 Nov 2025 10:00:00 GMT', 950"})
    void asLongAsAskedNothingIsSent(String form, String retryAfter, long leastMillis) {
        // given
        listrakAsksOnceToWait(form, retryAfter);

        // when
        accept("patient-" + leastMillis);
        awaitNothingPending();

        // then
        List<Long> times = times();
        assertThat(arrived(), hasSize(2));
        assertThat(times.get(1) - times.get(0), greaterThanOrEqualTo(leastMillis));
        assertThat(dead(), empty());
    }

    /** Retry-After may contain a date instead of seconds (RFC 9110, 10.2.3). */
    @Test
    void untilTheDateThatWasAskedForNothingIsSent() {
        // given
        ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        listrakAsksOnceToWait("a date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date));

        // when
        accept("patient-to-a-date");
        awaitNothingPending();

        // then
        assertThat(arrived(), hasSize(2));
        assertThat(times().get(1), greaterThanOrEqualTo(date.toInstant().toEpochMilli()));
        assertThat(dead(), empty());
    }

    private void listrakAsksOnceToWait(String scenario, String retryAfter) {
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("patient"))
                .inScenario(scenario)
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", retryAfter)));
    }

    private boolean isAskedToWait() {
        return destinations.named("listrak").orElseThrow().askedToWaitUntil().isPresent();
    }

    @Test
    void askedToWaitForADayItWaitsAnHourOrUntilAnOperatorSaysNow() {
        // given
        listrakAnswers(aResponse().withStatus(429).withHeader("Retry-After", "99999"));

        // when
        accept("tomorrow");
        awaitRequests(1);
        listrakAnswers(okJson(TAKEN));
        await().during(Duration.ofSeconds(3))
                .atMost(BOUND)
                .until(() -> requests().size() == 1);

        // then
        operator().post("/destinations/listrak/resume").then().statusCode(200);
        awaitNothingPending();
        assertThat(requests(), hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "Fri, 99 Nov 2025 10:02:00 GMT"})
    void garbageIsNoReasonToWait(String garbage) {
        // given
        long retried = tally("retried", "");
        listrakAnswers(aResponse().withStatus(429).withHeader("Retry-After", garbage));

        // when
        accept("hurried-" + garbage.length());
        await().atMost(BOUND).until(() -> tally("retried", "") > retried);
        listrakAnswers(okJson(TAKEN));

        // then only its lane pauses, as after any other 429
        awaitNothingPending();
        assertThat(dead(), empty());
    }

    private List<Long> times() {
        return requests().stream()
                .map(LoggedRequest::getLoggedDate)
                .map(Date::getTime)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
