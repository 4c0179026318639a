package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The AMQP source connects to a broker with TLS and login, and reports refused logins, also in an alert. */
class AmqpAccessIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "orders";
    private static final String ALERT = "ListrakRelaySourceRefused/amqp";

    private final OnCall onCall = new OnCall();
    private Keys keys;
    private ArtemisBroker artemis;

    @BeforeEach
    void openArtemis() {
        keys = Keys.make(folder, "artemis");
        artemis = ArtemisBroker.guarded(folder.resolve("artemis"), keys);
        relay.with("SOURCE_AMQP_ENABLED", "true")
                .with("SOURCE_AMQP_URL", artemis.url())
                .with("SOURCE_AMQP_QUEUE", QUEUE)
                .with("SOURCE_AMQP_CA_FILE", keys.certificate().toString())
                .with("SOURCE_AMQP_USERNAME", ArtemisBroker.USER)
                .with("SOURCE_AMQP_PASSWORD", ArtemisBroker.PASSWORD);
    }

    @AfterEach
    void closeArtemis() {
        artemis.close();
        onCall.close();
    }

    @Test
    void aNameAndAPasswordTakeMessagesOverTls() {
        // given
        artemis.start();
        sendTen();

        // when
        relay.start();

        // then
        await().atMost(SOON).until(() -> listrak.orderIds().size() == 10);
        assertThat(relay.metric("listrak_relay_source_refused"), is(0L));
    }

    @Test
    @Tag("nightly")
    void aRefusedLoginIsToldAndTriedUntilItIsRight() {
        // given
        artemis.knowing("another password").start();
        sendTen();

        // when
        onCall.alertedBy(relay).start();
        awaitRefused();
        onCall.awaitStates(ALERT, "raised");

        // then
        assertThat(relay.isReady(), is(true));
        assertThat(relay.readiness(), containsString("amqp"));
        assertThat(relay.logText(), containsString("source-amqp: access refused, "));
        assertThat(relay.logText(), not(containsString(ArtemisBroker.PASSWORD)));
        assertThat(listrak.orderIds(), empty());
        assertThat(onCall.what(ALERT), not(containsString(ArtemisBroker.PASSWORD)));

        // and when
        artemis.kill9();
        artemis.knowing(ArtemisBroker.PASSWORD).start();

        // then
        await().atMost(SOON).until(() -> listrak.orderIds().size() == 10);
        assertThat(relay.metric("listrak_relay_source_refused"), is(0L));
        onCall.awaitStates(ALERT, "raised", "resolved");
    }

    @Test
    void aBrokerThatIsNotTrustedIsNotSpokenTo() {
        // given
        artemis.start();
        sendTen();

        // when
        relay.with(
                        "SOURCE_AMQP_CA_FILE",
                        Keys.make(folder, "other").certificate().toString())
                .start();
        awaitRefused();

        // then
        assertThat(listrak.orderIds(), empty());
    }

    private void sendTen() {
        artemis.send(QUEUE, 10, (session, i) -> ArtemisBroker.bytes(session, KafkaSourceTest.event(i)));
    }

    private void awaitRefused() {
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_source_refused") == 1);
    }
}
