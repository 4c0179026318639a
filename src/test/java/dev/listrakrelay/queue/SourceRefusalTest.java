package dev.listrakrelay.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a broker refuses a source, and the reason of the last refusal. */
class SourceRefusalTest {

    private final TestClock clock = new TestClock();
    private final SourceRefusal refusal = new SourceRefusal("kafka", clock);

    @Test
    void aRefusalLastsSinceTheFirstAndHasTheReasonOfTheLast() {
        // given
        Instant first = clock.instant();
        refusal.refused(new IllegalStateException("no such user"));
        clock.advance(Duration.ofMinutes(5));

        // when
        refusal.refused(new IllegalStateException("not trusted", new IllegalStateException("expired")));

        // then
        SourceRefusal.Refusal state = refusal.state().orElseThrow();
        assertThat(state.since(), is(first));
        assertThat(state.reason(), is("not trusted: expired"));
    }

    @Test
    void aRefusalIsOverAtOnceWhenARecordArrives() {
        // given
        refusal.refused(new IllegalStateException("no such user"));

        // when
        refusal.accepted(true);

        // then
        assertThat(refusal.state(), is(Optional.empty()));
    }

    @Test
    void aRefusalIsOverWhenTheBrokerWasAskedAgainWithoutRefusing() {
        // given
        refusal.refused(new IllegalStateException("no such user"));
        clock.advance(SourceRefusal.END_AFTER);

        // when
        refusal.accepted(false);
        boolean isOverTooEarly = refusal.state().isEmpty();
        clock.advance(Duration.ofMillis(1));
        refusal.accepted(false);

        // then
        assertThat(isOverTooEarly, is(false));
        assertThat(refusal.state(), is(Optional.empty()));
    }
}
