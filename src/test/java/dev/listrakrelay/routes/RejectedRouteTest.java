package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guarantees, Outcomes, 400, 413 and other 4xx: only the rejected event becomes a dead letter. */
@QuarkusTest
@TestProfile(Outcomes.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class RejectedRouteTest extends Outcomes {

    private static final int EVENTS = 500;
    private static final int HALVINGS = 9;

    @ParameterizedTest
    @CsvSource({"1, 400, rejected", "10, 400, rejected", "1, 413, too_large"})
    void oneRejectedEventAmongFiveHundredIsTheOnlyDeadLetter(int poisoned, int status, String reason) {
        // given
        List<String> ids = IntStream.range(0, EVENTS)
                .mapToObj(i -> (i % (EVENTS / poisoned) == 77 % (EVENTS / poisoned) ? "poison-" : "sound-") + i + "-"
                        + status + "-" + poisoned)
                .toList();
        Set<String> poison = ids.stream().filter(id -> id.startsWith("poison")).collect(Collectors.toSet());
        listrak.stubFor(eventRequest()
                .withRequestBody(containing("poison-"))
                .willReturn(aResponse().withStatus(status).withBody("{\"error\":\"INVALID\"}")));

        // when
        accept(ids.stream());
        awaitNothingPending();

        // then
        assertThat(poison, hasSize(poisoned));
        assertThat(dead().stream().map(Dead::orderId).collect(Collectors.toSet()), is(poison));
        assertThat(dead().stream().map(Dead::reason).toList(), everyItem(is(reason)));
        assertThat(dead().stream().map(Dead::answer).toList(), everyItem(containsString("INVALID")));
        assertThat(requests(), hasSize(lessThanOrEqualTo(poisoned * 2 * HALVINGS + 1)));
        List<String> taken = takenWithout("poison-");
        Set<String> sound = new HashSet<>(ids);
        sound.removeAll(poison);
        assertThat(Set.copyOf(taken), is(sound));
        assertThat("each once", taken, hasSize(sound.size()));
    }

    @Test
    void anyOther4xxIsADeadLetterWithListraksAnswer() {
        // given
        listrakAnswers(aResponse().withStatus(422).withBody("cannot process"));

        // when
        accept("refused");
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        assertThat(dead(), hasSize(1));
        assertThat(dead().get(0).reason(), is("refused"));
        assertThat(dead().get(0).answer(), containsString("cannot process"));
    }

    @Test
    void manyLargeEventsGoInRequestsBelowTheLimit() {
        // given
        String filler = "x".repeat(29_000);
        int batches = 8;

        // when
        for (int batch = 0; batch < batches; batch++) {
            int from = batch * 15;
            String body = IntStream.range(from, from + 15)
                    .mapToObj(i -> order("large" + i + "@example.com", "large-" + i + "-" + filler))
                    .collect(Collectors.joining(",", "[", "]"));
            caller().body(body).post("/v1/events").then().statusCode(200);
        }
        awaitNothingPending();

        // then
        assertThat(dead(), empty());
        assertThat(Set.copyOf(arrived()), hasSize(batches * 15));
        assertThat(requests().stream().map(RejectedRouteTest::bytes).toList(), everyItem(lessThanOrEqualTo(1_000_000)));
    }

    private static int bytes(LoggedRequest request) {
        return request.getBody().length + request.getHeaders().toString().length();
    }

    private List<String> takenWithout(String marker) {
        return requests().stream()
                .filter(request -> !request.getBodyAsString().contains(marker))
                .flatMap(request -> orders(request).stream())
                .toList();
    }
}
