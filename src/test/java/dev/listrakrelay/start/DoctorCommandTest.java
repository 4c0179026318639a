package dev.listrakrelay.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command doctor: what it prints about each thing that a start needs, and its exit code. */
class DoctorCommandTest extends CheckedConfiguration {

    private static final String SCHEMA = "{\"data\":{\"eventName\":\"Purchase\",\"eventSchemaAttrs\":"
            + "{\"event_name\":\"String\",\"event_time\":\"Date\"},\"featureAccess\":[\"Workflow\"]}}";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer listrak;
    private int tokenStatus = 200;
    private int schemaStatus = 200;

    @BeforeEach
    void openListrak() throws IOException {
        listrak = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/token", "{\"access_token\":\"t\",\"expires_in\":3599}", () -> tokenStatus);
        answer("/api/eventConfigurations/", SCHEMA, () -> schemaStatus);
        listrak.start();
        String url = "http://localhost:" + listrak.getAddress().getPort();
        settings.put("listrak.auth-url", url + "/token");
        settings.put("listrak.api-url", url + "/api");
        settings.put("spool.min-free", "0");
        settings.put(
                "mapping.file",
                Files.writeString(
                                dir.resolve("m.yaml"),
                                """
                        contact: {email: [$.context.traits.email]}
                        events:
                          - when: {type: page}
                            event_name: page_view
                        """)
                        .toString());
    }

    @AfterEach
    void closeListrak() {
        listrak.stop(0);
    }

    @Test
    void everyGoodResultIsPrintedOnALine() throws Exception {
        // given
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("source.kafka.enabled", "true");
            settings.put("source.kafka.brokers", "localhost:" + broker.getLocalPort());
            settings.put("source.kafka.topics", "events");

            // when
            int exitCode = doctor();

            // then
            assertEquals(0, exitCode, printed());
            assertEquals(
                    5,
                    printed().lines().filter(line -> line.startsWith("ok   ")).count(),
                    printed());
            assertTrue(
                    printed()
                            .contains("ok   listrak.auth-url: Listrak accepts the credentials of listrak.client-id\n"
                                    + "ok   listrak.event-uid: custom event Purchase has 2 fields, including every"
                                    + " mapped field\n"),
                    printed());
        }
    }

    @Test
    void refusedCredentialsAreReportedWithTheRemedy() throws Exception {
        // given
        tokenStatus = 400;

        // when
        int exitCode = doctor();

        // then
        assertEquals(78, exitCode);
        assertTrue(
                printed()
                        .contains(
                                "fix  listrak.auth-url: expected a token, found status 400; check listrak.client-id and"
                                        + " listrak.client-secret, and that the integration is not paused\n"),
                printed());
    }

    @Test
    void aMissingCustomEventIsReportedWithTheRemedy() throws Exception {
        // given
        schemaStatus = 404;

        // when
        int exitCode = doctor();

        // then
        assertEquals(78, exitCode);
        assertTrue(
                printed()
                        .contains(
                                "status 404, check listrak.event-uid, the event_uid of rules, and listrak.company-id\n"),
                printed());
    }

    @Test
    void aServerThatCanNotBeReachedIsReported() throws Exception {
        // given
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        settings.put("webhook.cart.secret", "s3cret");
        settings.put("webhook.cart.forward-url", "http://localhost:" + nobody + "/hook");
        settings.put("webhook.cart.forward-secret", "whsec_c2FuZGJveCBzZWNyZXQgb2YgdGhlIHRoaXJkIHBhcnR5");
        settings.put("webhook.cart.allow-private", "true");

        // when
        int exitCode = doctor();

        // then
        assertEquals(78, exitCode);
        assertTrue(
                printed()
                        .contains("fix  webhook.cart.forward-url: localhost:" + nobody
                                + ": can't connect (connection refused)"),
                printed());
    }

    @Test
    void itWorksWhileARelayIsRunning() throws Exception {
        // given
        SpoolLimits retention = new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 1_000);
        try (SpoolFolder running = new SpoolFolder(dir, 4, Clock.systemUTC());
                Spool open = running.open("events", retention)) {
            // when
            int exitCode = doctor();

            // then
            assertEquals(0, exitCode, printed());
            assertEquals(0, open.pending());
        }
    }

    @Test
    void aFullDiskIsReported() throws Exception {
        // given
        settings.put("spool.min-free", "1000000G");

        // when
        int exitCode = doctor();

        // then
        assertEquals(78, exitCode);
        assertTrue(printed().contains(": expected more free space than spool.min-free ("), printed());
    }

    @Test
    void aMistakeInTheConfigurationIsAllThatIsReported() throws Exception {
        // given
        settings.put("spool.lanes", "0");

        // when
        int exitCode = doctor();

        // then
        assertEquals(78, exitCode);
        assertEquals("fix  spool.lanes (SPOOL_LANES): expected an integer from 1 to 256, found 0\n", printed());
    }

    private interface Status {
        int now();
    }

    private void answer(String path, String body, Status status) {
        listrak.createContext(path, http -> {
            byte[] bytes = body.getBytes(UTF_8);
            http.sendResponseHeaders(status.now(), bytes.length);
            http.getResponseBody().write(bytes);
            http.close();
        });
    }

    private int doctor() throws IOException, InterruptedException {
        settings.put("spool.dir", dir.toString());
        settings.put("sandbox.port", "8090");
        return DoctorCommand.run(configuration("prod"), new PrintStream(printed, true, UTF_8));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }
}
