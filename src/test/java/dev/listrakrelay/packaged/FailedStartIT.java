package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** If the relay can't start, it prints only the reason: where, what, expected, found, and no stack trace. */
class FailedStartIT extends PackagedTest {

    private static final int PATIENCE = 120;
    private static final int BAD_CONFIGURATION = 78;

    @Test
    void aPortInUseIsReportedByItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            String told = ": expected a free port, found " + port + ", which another program uses";

            // the port for events
            relay = new PackagedRelay(listrak, folder).with("QUARKUS_HTTP_PORT", port);
            assertSays(Pattern.quote("quarkus.http.port (QUARKUS_HTTP_PORT)" + told));

            // the port for administration
            relay = new PackagedRelay(listrak, folder).with("QUARKUS_MANAGEMENT_PORT", port);
            assertSays(Pattern.quote("quarkus.management.port (QUARKUS_MANAGEMENT_PORT)" + told));

            // the port for https
            relay = new PackagedRelay(listrak, folder);
            Keys keys = Keys.make(folder, "https");
            https(port, keys.certificate(), keys.pair());
            assertSays(Pattern.quote("quarkus.http.ssl-port (QUARKUS_HTTP_SSL_PORT)" + told));
        }
    }

    @Test
    void anInvalidCertificateIsReportedByItsName() throws IOException {
        // given
        Path none = Files.writeString(folder.resolve("none.pem"), "no certificate\n");
        https(String.valueOf(Ports.free()), none, none);

        // when, then
        assertSays("quarkus\\.tls\\.public: expected certificates and keys in PEM, found .+");
    }

    @Test
    void aMistakeInAMountedRouteIsReportedWithItsPlace() throws IOException {
        // given
        Path routes = MountedRoutes.copy(folder.resolve("routes"), "");
        MountedRoutes.mount(relay, routes);

        // an unknown bean
        own(routes, "process: {ref: noSuchBean}");
        assertSays("route own: process\\[ref:noSuchBean]: .+ noSuchBean .+");

        // an unknown component
        own(routes, "to: nosuch:thing");
        assertSays("route own: to\\[nosuch:thing]: .+ nosuch://thing.+");

        // an unknown step
        Path file = own(routes, "sett: {x: y}");
        assertSays(Pattern.quote("file:" + file + ": line 7: Unknown node id: sett"));

        // invalid YAML
        own(routes, "to: {");
        assertSays(Pattern.quote("file:" + file + ": line ") + "\\d+: expected .+");
    }

    private void https(String port, Path certificate, Path key) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config")).resolve("application.properties");
        Files.writeString(
                config,
                """
                quarkus.http.ssl-port=%s
                quarkus.http.tls-configuration-name=public
                quarkus.tls.public.key-store.pem.0.cert=%s
                quarkus.tls.public.key-store.pem.0.key=%s
                """
                        .formatted(port, certificate, key));
    }

    private static Path own(Path routes, String step) throws IOException {
        return Files.writeString(
                routes.resolve("99-own.camel.yaml"),
                """
                - route:
                    id: own
                    description: A route of an operator's own.
                    from:
                      uri: direct:own
                      steps:
                        - %s
                """
                        .formatted(step));
    }

    private void assertSays(String line) throws IOException {
        Files.deleteIfExists(relay.log());
        int exitCode = relay.launch().awaitExit(PATIENCE);
        assertThat(relay.logText(), matchesPattern("Listrak Relay can't start\\. Fix this setting:\n  " + line + "\n"));
        assertThat(exitCode, is(BAD_CONFIGURATION));
    }
}
