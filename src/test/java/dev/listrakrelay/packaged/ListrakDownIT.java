package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        try (Callers before = new Callers(relay, CONNECTIONS).post(EVENTS, 1)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> listrak.arrived() > EVENTS / 20);

            // when
            listrak.leave();
            before.join();
            await().pollDelay(DOWN).until(() -> true);

            // then
            long waiting = relay.metric("listrak_relay_pending");
            assertThat("accepted while it was away", waiting, greaterThanOrEqualTo(1L));
            assertThat(before.acknowledged(), hasSize(EVENTS));
            assertThat(before.repeated(), is(0));
            listrak.comeBack();
            awaitNothingPending(Duration.ofMinutes(1));
            LOG.infof("%d of %d events waited, %d duplicates", waiting, EVENTS, duplicates());
            assertThat(lost(before.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 429})
    void whileListrakAnswersWithErrorsIntakeGoesOnAndNothingIsSentTwice(int status) {
        // given
        listrak.answer(status);
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
