package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * While Listrak is away, intake goes on; when it is back, all arrives, once and in order.
 *
 * <p>{@code -Drelay.down=60} keeps it away for so many seconds.
 */
class ListrakDownIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(ListrakDownIT.class);
    private static final Duration DOWN = Duration.ofSeconds(Integer.getInteger("relay.down", 5));
    private static final int EVENTS = 4_000;
    private static final int CONNECTIONS = 8;

    @Test
    void whileListrakRefusesConnectionsIntakeGoesOn() {
        // given
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).postUntilStopped(1)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> listrak.arrived() > 1_000);

            // when
            listrak.leave();
            int before = callers.count();
            await().during(DOWN).atMost(DOWN.plusSeconds(30)).until(relay::isReady);
            int after = callers.count();
            listrak.comeBack();
            callers.stop();
            callers.join();
            awaitNothingPending(Duration.ofMinutes(2));

            // then
            LOG.infof(
                    "%d events accepted before, %d in %d s without Listrak, %d duplicates",
                    before, after - before, DOWN.toSeconds(), duplicates());
            assertThat(after, greaterThan(before));
            assertThat(callers.repeated(), is(0));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(duplicates(), lessThanOrEqualTo(PackagedRelay.LANES * listrak.largestRequest()));
        }
    }

    @Test
    void whileListrakAnswersWithErrorsNothingIsSentTwice() {
        // given
        listrak.answer(503);
        relay.start();

        // when
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 2)) {
            callers.join();

            // then
            assertThat(relay.metric("listrak_relay_pending"), is((long) EVENTS));
            listrak.answer(200);
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }
}
