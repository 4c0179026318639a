package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guarantees, Outcomes, Park: to a Listrak whose certificate isn't trusted nothing is sent until it has another. */
class CertificateIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String PASSWORD = "changeit";
    private static final int EVENTS = 500;

    @Test
    void aCertificateThatIsNotTrustedParksUntilItIsReplaced() {
        // given
        Path trusted = newKeys("trusted");
        Path selfSigned = newKeys("self-signed");
        String url = listrak.url().replace("http:", "https:");
        relay.with("LISTRAK_API_URL", url)
                .with("LISTRAK_AUTH_URL", url + "/token")
                .with("DELIVERY_PARKED_PROBE_INTERVAL", "500ms")
                .with(
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + trusted + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        listrak.leave();
        listrak.comeBackWith(selfSigned, PASSWORD);
        relay.start();

        // when
        try (Callers callers = new Callers(relay, 4).post(EVENTS, 12)) {
            callers.join();
            await().atMost(BOUND).until(() -> relay.metric("listrak_relay_parked") == 1);

            // then
            assertThat(relay.logText(), containsString("its certificate is not to be trusted"));
            assertThat(relay.metric("listrak_relay_pending"), is((long) EVENTS));
            assertThat(relay.metric("listrak_relay_ambiguous_total"), is(0L));
            assertThat(listrak.tokenRequests(), is(0));
            listrak.leave();
            listrak.comeBackWith(trusted, PASSWORD);
            awaitNothingPending(BOUND);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(relay.metric("listrak_relay_parked"), is(0L));
            assertThat(relay.metric("listrak_relay_retried_total"), is(0L));
        }
    }

    /** A key for localhost with a certificate that it signed itself. */
    private Path newKeys(String name) {
        Path keys = folder.resolve(name + ".p12");
        Machine.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString());
        return keys;
    }
}
