package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While Listrak is down, the relay accepts events; when Listrak is back, all events arrive, once and in order.
 *
 * <p>{@code -Drelay.down=60} sets how long Listrak is down, in seconds.
 */
@Tag("faults")
class ListrakDownIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(ListrakDownIT.class);
    private static final Duration DOWN = Duration.ofSeconds(Integer.getInteger("relay.down", 5));
    private static final int EVENTS = 4_000;
    private static final int CONNECTIONS = 8;

    @Test
    void whileListrakRefusesConnectionsIntakeContinues() {
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
            assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
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

    @Test
    @Tag("nightly")
    void whileTheTokenEndpointFailsItIsAskedOnceInFiveSecondsAndNothingIsLost() {
        // given
        listrak.answerTokens(500);
        relay.start();
        long start = System.nanoTime();

        // when
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 14)) {
            callers.join();
            await().atMost(Duration.ofMinutes(1)).until(() -> listrak.tokenRequests() >= 3);
            int asked = listrak.tokenRequests();
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

            // then
            assertThat(asked, lessThanOrEqualTo(1 + (int) seconds / 5));
            assertThat(listrak.arrived(), is(0));
            listrak.answerTokens(200);
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(relay.metric("listrak_relay_dead_total"), is(0L));
        }
    }

    @Test
    @Tag("nightly")
    void whileCredentialsAreRefusedItIsParkedAndProbedAndNothingIsLost() {
        // given
        listrak.answerTokens(400);
        relay.with("DELIVERY_PARKED_PROBE_INTERVAL", "6s").start();
        long start = System.nanoTime();

        // when
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 15)) {
            callers.join();
            await().atMost(Duration.ofMinutes(1)).until(() -> listrak.tokenRequests() >= 3);
            int asked = listrak.tokenRequests();
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

            // then it asked at once, and in two probes after 6 and 12 more seconds
            assertThat(asked, is(3));
            assertThat(seconds, greaterThanOrEqualTo(17L));
            assertThat(relay.metric("listrak_relay_parked"), is(1L));
            listrak.answerTokens(200);
            assertThat(resume(), is(200));
            awaitNothingPending(Duration.ofMinutes(1));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(relay.metric("listrak_relay_dead_total"), is(0L));
            assertThat(relay.metric("listrak_relay_retried_total"), is(0L));
        }
    }

    private int resume() {
        try {
            return relay.admin("destinations/listrak/resume", "").statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
