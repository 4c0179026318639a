package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The spool in a Kafka that looks at who comes: over TLS, by a name and a password or by a certificate. */
class KafkaSpoolAccessIT extends KafkaSpoolPackagedTest {

    private static final int EVENTS = 800;
    private static final int CONNECTIONS = 8;

    private Keys certificates;
    private Keys own;
    private GuardedKafka guarded;

    @Override
    KafkaNodes newCluster(Path kafka) {
        certificates = Keys.make(folder, "cluster");
        own = Keys.make(folder, "own");
        guarded = new GuardedKafka(kafka, certificates, own);
        return new KafkaNodes(guarded);
    }

    @Test
    void eventsAreKeptAndDeliveredOverTlsByScram() {
        // given
        guarded.addUser();

        // when
        PackagedRelay relay = logIn("scram-sha-512").start();

        // then
        assertThatAllIsKeptAndDelivered(relay);
    }

    @Test
    @Tag("nightly")
    void eventsAreKeptAndDeliveredByACertificate() {
        // when
        PackagedRelay relay = overTls()
                .with("SPOOL_KAFKA_BROKERS", guarded.certificateUrl())
                .with("SPOOL_KAFKA_CERTIFICATE_FILE", own.pair().toString())
                .start();

        // then
        assertThatAllIsKeptAndDelivered(relay);
    }

    @Test
    @Tag("nightly")
    void aLoginThatIsRefusedEndsTheStartAndSaysSo() {
        // when
        PackagedRelay relay = logIn("scram-sha-512").launch();

        // then
        assertThat(relay.awaitExit(60), is(78));
        assertThat(
                relay.logText(),
                containsString("spool.kafka.brokers: " + guarded.loginUrl() + ": topic " + EVENTS_TOPIC));
        assertThat(relay.logText(), containsString("SCRAM-SHA-512"));
        assertThat(relay.logText(), not(containsString(GuardedKafka.PASSWORD)));
    }

    @Test
    @Tag("nightly")
    void aRightThatIsMissingEndsTheStartAndSaysSo() {
        // given
        guarded.forbid(EVENTS_TOPIC);

        // when
        PackagedRelay relay = logIn("plain").launch();

        // then
        assertThat(relay.awaitExit(60), is(78));
        assertThat(
                relay.logText(),
                containsString("topic " + EVENTS_TOPIC + " can't be checked, Topic authorization failed."));
    }

    private PackagedRelay overTls() {
        return relay().with("SPOOL_KAFKA_TLS", "true")
                .with("SPOOL_KAFKA_CA_FILE", certificates.certificate().toString());
    }

    private PackagedRelay logIn(String mechanism) {
        return overTls()
                .with("SPOOL_KAFKA_BROKERS", guarded.loginUrl())
                .with("SPOOL_KAFKA_USERNAME", GuardedKafka.USER)
                .with("SPOOL_KAFKA_PASSWORD", GuardedKafka.PASSWORD)
                .with("SPOOL_KAFKA_SASL_MECHANISM", mechanism);
    }

    private void assertThatAllIsKeptAndDelivered(PackagedRelay relay) {
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 61)) {
            callers.join();
            awaitDelivered(callers.acknowledged(), Duration.ofMinutes(1));
            await().atMost(Duration.ofMinutes(1)).until(() -> relay.metric("listrak_relay_pending") == 0);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(kafka.records(EVENTS_TOPIC), is((long) EVENTS));
        }
    }
}
