package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Kafka source before a cluster's doors: who is let in, and what becomes of who is not. */
class KafkaAccessIT extends KafkaSourceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private Keys own;
    private GuardedKafka guarded;

    @Override
    KafkaBroker newKafka(Path folder) {
        Keys cluster = Keys.make(this.folder, "cluster");
        own = Keys.make(this.folder, "own");
        relay.with("SOURCE_KAFKA_TLS", "true")
                .with("SOURCE_KAFKA_CA_FILE", cluster.certificate().toString());
        guarded = new GuardedKafka(folder, cluster, own);
        return guarded;
    }

    /** {@link #aTopicThatMayNotBeReadIsToldAndReadOnceItMay} reads records by PLAIN. */
    @Test
    void aNameAndAPasswordTakeRecordsOverTls() {
        // given
        openTopic();
        guarded.addUser();

        // when
        logIn("scram-sha-512").start();

        // then
        arrive(send(0, 100).join());
    }

    @Test
    void aCertificateTakesRecords() {
        // given
        openTopic();

        // when
        relay.with("SOURCE_KAFKA_BROKERS", guarded.certificateUrl())
                .with("SOURCE_KAFKA_CERTIFICATE_FILE", own.pair().toString())
                .start();

        // then
        arrive(send(0, 100).join());
    }

    @Test
    @Tag("nightly")
    void aRefusedLoginIsToldAndTriedUntilItIsRight() {
        // given
        openTopic();
        List<String> sent = send(0, 100).join();

        // when
        logIn("scram-sha-512").start();
        awaitRefused();

        // then
        assertThat(relay.isReady(), is(true));
        assertThat(relay.readiness(), containsString("SCRAM-SHA-512"));
        assertThat(linesOf("source-kafka: access refused, "), is(1L));
        assertThat(relay.logText(), not(containsString(GuardedKafka.PASSWORD)));

        // and when
        guarded.addUser();

        // then
        arrive(sent);
        assertThat(relay.metric("listrak_relay_source_refused"), is(0L));
        assertThat(relay.readiness(), not(containsString("refused since")));
        assertThat(linesOf("source-kafka: access accepted, "), is(1L));
    }

    @Test
    @Tag("nightly")
    void aTopicThatMayNotBeReadIsToldAndReadOnceItMay() {
        // given
        openTopic();
        List<String> sent = send(0, 100).join();
        guarded.forbid(topic);

        // when
        logIn("plain").start();
        awaitRefused();

        // then
        assertThat(relay.readiness(), containsString(topic));

        // and when
        guarded.allowAll();

        // then
        arrive(sent);
    }

    @Test
    @Tag("nightly")
    void aClusterThatIsNotTrustedIsNotSpokenTo() {
        // given
        openTopic();
        send(0, 1).join();

        // when
        logIn("plain")
                .with("SOURCE_KAFKA_CA_FILE", own.certificate().toString())
                .start();
        awaitRefused();

        // then
        assertThat(relay.readiness(), containsString("SSL handshake failed"));
        assertThat(listrak.orderIds(), empty());
    }

    private void openTopic() {
        kafka.start();
        kafka.topic(topic, PARTITIONS);
    }

    private PackagedRelay logIn(String mechanism) {
        return relay.with("SOURCE_KAFKA_BROKERS", guarded.loginUrl())
                .with("SOURCE_KAFKA_USERNAME", GuardedKafka.USER)
                .with("SOURCE_KAFKA_PASSWORD", GuardedKafka.PASSWORD)
                .with("SOURCE_KAFKA_SASL_MECHANISM", mechanism);
    }

    private void awaitRefused() {
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_source_refused") == 1);
    }

    private void arrive(List<String> sent) {
        await().atMost(SOON).until(() -> listrak.orderIds().size() == sent.size());
        assertThat(lost(sent), empty());
    }

    private long linesOf(String text) {
        return relay.logText().lines().filter(line -> line.contains(text)).count();
    }
}
