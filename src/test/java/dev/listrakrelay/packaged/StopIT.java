package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Stopping: after the signal TERM, the relay finishes what is in flight; a backlog stays on disk. */
class StopIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(StopIT.class);
    private static final int EVENTS = 8_000;
    private static final int CONNECTIONS = 8;

    @Test
    void aStopUnderLoadEndsWellAndLosesNothing() {
        // given
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 3)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> callers.count() > EVENTS / 4);

            // when
            int exitCode = relay.sigterm().awaitExit();
            int accepted = callers.count();
            relay.start();
            callers.join();
            awaitNothingPending(Duration.ofMinutes(1));

            // then
            LOG.infof(
                    "exit code %d after %d events, %d requests posted again, %d duplicates",
                    exitCode, accepted, callers.repeated(), duplicates());
            assertThat(exitCode, is(0));
            assertThat(callers.acknowledged(), hasSize(EVENTS));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @Test
    void aStopUnderLoadWhileListrakHangsEndsInThirtySecondsAndLosesNothing() {
        // given
        listrak.hang();
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 5)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> listrak.hanging() >= PackagedRelay.LANES && callers.count() > EVENTS / 4);

            // when
            long start = System.nanoTime();
            int exitCode = relay.sigterm().awaitExit();

            // then
            LOG.infof(
                    "exit code %d after %d ms, with a request of each lane under way",
                    exitCode, (System.nanoTime() - start) / 1_000_000);
            assertThat(exitCode, is(0));
            listrak.answer(200);
            relay.start();
            callers.join();
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(callers.acknowledged(), hasSize(EVENTS));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @Test
    void aStopWhileRequestsWaitForTheirTurnDoesNotWaitForThemAndLosesNothing() {
        // given one event a second, and so many that a batch of each lane takes longer than a stop may
        relay.with("LISTRAK_MAX_EVENTS_PER_SECOND", "1").start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS / 10, 5)) {
            callers.join();
            await().atMost(Duration.ofMinutes(1)).until(() -> listrak.arrived() >= 3);

            // when
            int arrived = listrak.arrived();
            int exitCode = relay.sigterm().awaitExit();

            // then
            assertThat(exitCode, is(0));
            assertThat(listrak.arrived() - arrived, is(lessThan(10)));
            relay.with("LISTRAK_MAX_EVENTS_PER_SECOND", "1000000").start();
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @Test
    @Tag("nightly")
    void aStopWhileListrakIsAwayKeepsTheBacklog() {
        // given
        listrak.leave();
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS / 4, 4)) {
            callers.join();

            // when
            int exitCode = relay.sigterm().awaitExit();

            // then
            assertThat(exitCode, is(0));
            listrak.comeBack();
            relay.start();
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }
}
