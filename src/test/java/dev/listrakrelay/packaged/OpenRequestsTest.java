package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link OpenRequests} allows a repeated event only after a kill or an outage. */
class OpenRequestsTest {

    private final OpenRequests requests = new OpenRequests();

    @Test
    void anEventOfTheLastRequestMayComeAgainAfterAKillOnce() {
        // given
        arrived("1", "2");
        requests.interrupted();

        // when
        arrived("2");
        List<String> once = requests.unexplained();
        arrived("2");

        // then
        assertThat(once, empty());
        assertThat(requests.unexplained(), contains("2"));
    }

    @Test
    void anEventOfTheRequestBeforeTheLastMayNot() {
        // given
        arrived("1");
        arrived("2");
        requests.interrupted();

        // when
        arrived("1", "2");

        // then
        assertThat(requests.unexplained(), contains("1"));
    }

    @Test
    void withoutAKillNoneMay() {
        // given
        arrived("1");

        // when
        arrived("1");

        // then
        assertThat(requests.unexplained(), contains("1"));
    }

    @Test
    void anEventThatArrivesDuringAnOutageMayComeAgain() {
        // given
        arrived("1");
        requests.interruptedBy(() -> arrived("2"));

        // when
        arrived("1", "2");

        // then
        assertThat(requests.unexplained(), empty());
    }

    private void arrived(String... ids) {
        requests.arrived(Map.of("kim@example.com", List.of(ids)));
    }
}
