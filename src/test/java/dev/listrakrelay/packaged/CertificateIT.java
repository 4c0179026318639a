package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Outcomes, Park: the relay sends nothing to a Listrak whose certificate isn't trusted, until it is
 * replaced.
 */
class CertificateIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int EVENTS = 500;

    @Test
    void aCertificateThatIsNotTrustedParksUntilItIsReplaced() {
        // given
        Path trusted = Keys.make(folder, "trusted").store();
        Path selfSigned = Keys.make(folder, "self-signed").store();
        String url = relay.listrakPort().url().replace("http:", "https:");
        relay.with("LISTRAK_API_URL", url)
                .with("LISTRAK_AUTH_URL", url + "/token")
                .with("DELIVERY_PARKED_PROBE_INTERVAL", "500ms")
                .withProperty("javax.net.ssl.trustStore", trusted)
                .withProperty("javax.net.ssl.trustStorePassword", Keys.PASSWORD);
        listrak.leave();
        listrak.comeBackWith(selfSigned, Keys.PASSWORD);
        relay.start();

        // when
        try (Callers callers = new Callers(relay, 4).post(EVENTS, 12)) {
            callers.join();
            await().atMost(BOUND).until(() -> relay.metric("listrak_relay_parked") == 1);

            // then
            assertThat(relay.logText(), containsString("certificate not trusted"));
            assertThat(relay.metric("listrak_relay_pending"), is((long) EVENTS));
            assertThat(relay.metric("listrak_relay_ambiguous_total"), is(0L));
            assertThat(listrak.tokenRequests(), is(0));
            listrak.leave();
            listrak.comeBackWith(trusted, Keys.PASSWORD);
            awaitNothingPending(BOUND);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(relay.metric("listrak_relay_parked"), is(0L));
            assertThat(relay.metric("listrak_relay_retried_total"), is(0L));
        }
    }
}
