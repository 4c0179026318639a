package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A delivery log that is behind or loses records is told, and one that is off or sent in time is not. */
class DeliveryLogProblemsTest {

    private static final Duration OLD = Duration.ofMinutes(15);

    private final TestClock clock = new TestClock();
    private final Log log = new Log();
    private final DeliveryLogProblems problems =
            new DeliveryLogProblems(() -> Map.of("events", log, "alerts", DeliveryLog.NONE), OLD, clock);

    /** A log whose numbers a test sets. */
    private static final class Log implements DeliveryLog {

        private Optional<Instant> oldest = Optional.empty();
        private long lost;

        @Override
        public Optional<Instant> oldestUnsent() {
            return oldest;
        }

        @Override
        public long unsent() {
            return 3;
        }

        @Override
        public long lost() {
            return lost;
        }
    }

    @Test
    void aLogIsBehindOnceItsOldestRecordWaitsForLongerThanTheTime() {
        // given
        log.oldest = Optional.of(clock.instant());
        clock.advance(OLD);
        List<String> inTime = look();

        // when
        clock.advance(Duration.ofMillis(1));
        List<String> late = look();
        log.oldest = Optional.empty();

        // then
        assertThat(inTime, empty());
        assertThat(late, contains("ListrakRelayDeliveryLogBehind/events 3"));
        assertThat(look(), empty());
    }

    @Test
    void aLossIsOverOnceNoneFollowedForTheTime() {
        // given
        List<String> before = look();
        log.lost = 200;
        List<String> first = look();
        clock.advance(OLD);
        log.lost = 300;
        look();

        // when
        clock.advance(OLD);
        List<String> stillPresent = look();
        clock.advance(Duration.ofMillis(1));

        // then
        assertThat(before, empty());
        assertThat(first, contains("ListrakRelayDeliveryLogLost/events 200"));
        assertThat(stillPresent, contains("ListrakRelayDeliveryLogLost/events 300"));
        assertThat(look(), empty());
    }

    private List<String> look() {
        return problems.problems()
                .map(problem -> problem.id() + " " + problem.count())
                .toList();
    }
}
