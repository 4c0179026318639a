package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * While Kafka is down, callers get 503; when it is back, the relay continues by itself.
 *
 * <p>The guarantee is tested with {@code -Drelay.away-seconds=60}.
 */
@Tag("faults")
class BrokerAwayIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(BrokerAwayIT.class);
    private static final int CONNECTIONS = 8;
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("relay.away-seconds", 5));

    @Test
    @Tag("nightly")
    void whileKafkaIsFrozenNothingIsAcknowledgedAndAllContinuesAfter() throws IOException {
        isAway(() -> kafka.freeze(), () -> kafka.thaw());
    }

    @Test
    void whileKafkaIsDownNothingIsAcknowledgedAndAllContinuesAfter() throws IOException {
        isAway(() -> kafka.kill9(), () -> kafka.start());
    }

    @Test
    @Tag("nightly")
    void aRelayThatStartsWithoutKafkaSaysSoAndAcceptsEventsOnceKafkaIsUp() throws IOException {
        // given
        kafka.kill9();
        PackagedRelay relay = relay().launch();
        await().atMost(PackagedRelay.READY).until(relay::isLive);

        // when
        await().atMost(Duration.ofMinutes(1))
                .until(() -> relay.readiness().contains("spool.kafka.brokers: " + kafka.url()));
        boolean isReady = relay.isReady();
        int status = relay.post("track", Callers.event("alone/1"));
        String told = relay.adminGet("status");
        kafka.start();
        relay.awaitReady();

        // then
        assertThat(isReady, is(false));
        assertThat(status, is(503));
        assertThat(told, containsString("\"unavailable\":\"spool.kafka.brokers: " + kafka.url()));
        assertThat(linesOf(relay, "events: no events are accepted until the spool can be opened"), is(1L));
        assertThat(linesOf(relay, "events: the spool is open"), is(1L));
        assertThat(relay.post("track", Callers.event("alone/2")), is(200));
        awaitDelivered(List.of("alone/2"), Duration.ofMinutes(1));
    }

    @Test
    @Tag("nightly")
    void aRelayThatStartsWithoutKafkaEndsOnceItSeesForeignTopics() {
        // given
        started(1).get(0).kill9();
        kafka.kill9();
        PackagedRelay other = relay().with("SPOOL_LANES", "4").launch();
        await().atMost(PackagedRelay.READY).until(other::isLive);

        // when
        kafka.start();
        int exitCode = other.awaitExit(60);

        // then
        assertThat(exitCode, is(78));
        assertThat(
                other.logText(),
                containsString("spool.lanes: topic listrak-relay.events, expected 4 partitions, found 8"));
    }

    @Test
    @Tag("nightly")
    void aRelayThatStartsWithForeignTopicsEndsAtOnce() {
        // given
        started(1).get(0).kill9();

        // when
        PackagedRelay other = relay().with("SPOOL_LANES", "4").launch();

        // then
        assertThat(other.awaitExit(60), is(78));
        assertThat(
                other.logText(),
                containsString("spool.lanes: topic listrak-relay.events, expected 4 partitions, found 8"));
    }

    private static long linesOf(PackagedRelay relay, String text) {
        return relay.logText().lines().filter(line -> line.contains(text)).count();
    }

    private void isAway(Runnable leave, Runnable comeBack) throws IOException {
        // given
        List<PackagedRelay> relays = started(2);
        try (Callers callers = new Callers(relays, CONNECTIONS).postUntilStopped(31)) {
            awaitMore(callers);

            // when
            leave.run();
            int status = relays.get(0).post("track", Callers.event("alone/1"));
            AtomicInteger before = new AtomicInteger(callers.count());
            await().during(AWAY).atMost(AWAY.plusSeconds(60)).until(() -> {
                int acknowledged = callers.count();
                return before.getAndSet(acknowledged) == acknowledged;
            });
            boolean isReady = relays.get(0).isReady();
            comeBack.run();
            awaitMore(callers);
            callers.stop();
            callers.join();
            awaitDelivered(callers.acknowledged(), Duration.ofMinutes(2));
            await().atMost(Duration.ofMinutes(1)).until(() -> sum(relays, "listrak_relay_pending") == 0);

            // then
            LOG.infof(
                    "%d events acknowledged, %d requests posted again, %d lost, %d duplicates",
                    callers.count(),
                    callers.repeated(),
                    lost(callers.acknowledged()).size(),
                    duplicates());
            assertThat(status, is(503));
            assertThat(isReady, is(false));
            relays.forEach(PackagedRelay::awaitReady);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    private static void awaitMore(Callers callers) {
        int target = callers.count() + 1_000;
        await().atMost(Duration.ofMinutes(1)).until(() -> callers.count() >= target);
    }
}
