package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command drain moves the pending events of a relay's SQLite spool to Kafka. */
@Tag("nightly")
class DrainIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(DrainIT.class);
    private static final int EVENTS = Integer.getInteger("relay.drain-events", 20_000);
    private static final int CONNECTIONS = 8;

    @Test
    void aBacklogIsMovedThroughKillsAndArrivesOnceAndInOrder() {
        // given
        listrak.leave();
        PackagedRelay relay = relay().with("SPOOL_ENGINE", "sqlite").start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 41)) {
            callers.join();
            int inUse = second().command("drain").awaitExit();
            relay.sigterm().awaitExit();
            withKafka(relay);

            // when
            relay.command("drain");
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> kafka.records(EVENTS_TOPIC) > EVENTS / 10);
            relay.kill9();
            long atTheKill = kafka.records(EVENTS_TOPIC);
            int exitCode = relay.command("drain").awaitExit(120);
            String told = relay.logText();
            listrak.comeBack();
            relay.start();
            awaitDelivered(callers.acknowledged(), Duration.ofMinutes(2).plusSeconds(EVENTS / 200));
            await().atMost(Duration.ofMinutes(1)).until(() -> relay.metric("listrak_relay_pending") == 0);

            // then
            LOG.infof(
                    "%d events, %d in Kafka at the kill, %d after, %d lost, %d duplicates; %s",
                    EVENTS,
                    atTheKill,
                    kafka.records(EVENTS_TOPIC),
                    lost(callers.acknowledged()).size(),
                    duplicates(),
                    told.lines().filter(line -> line.contains("moved")).toList());
            assertThat("while a relay runs on it", inUse, is(78));
            assertThat(exitCode, is(0));
            assertThat(told, containsString("spool.dir has no pending events left"));
            assertThat("killed in between", (long) EVENTS, greaterThan(atTheKill));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(booked(relay, "accepted"), is((long) EVENTS));
        }
    }

    /** A second relay on the same folder. */
    private PackagedRelay second() {
        return relay().with(
                        "SPOOL_DIR", folder.resolve("relay-0").resolve("spool").toString());
    }
}
