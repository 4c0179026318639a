package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guarantees, Outcomes, Retry-After: the whole destination waits as long as Listrak asked. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class AskedToWaitRouteTest extends Outcomes {

    @Test
    void allLanesWaitAndNoEventLosesATry() {
        // given
        accept("takes-the-token");
        awaitNothingPending();
        listrak.resetRequests();
        long retried = tally("retried", "");
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("patient"))
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("well again")
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3")));

        // when
        accept("patient");
        awaitRequests(1);
        accept(IntStream.range(0, 50).mapToObj(i -> "behind-" + i));
        awaitNothingPending();

        // then
        List<Long> times = requests().stream()
                .map(LoggedRequest::getLoggedDate)
                .map(Date::getTime)
                .sorted(Comparator.naturalOrder())
                .toList();
        assertThat("from the refusal to the next request", times.get(1) - times.get(0), greaterThanOrEqualTo(2_900L));
        assertThat(arrived(), hasSize(52));
        assertThat(dead(), empty());
        assertThat(tally("retried", "") - retried, is(0L));
    }
}
