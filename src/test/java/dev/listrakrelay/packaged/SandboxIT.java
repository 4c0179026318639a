package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a sandbox prints commands to try when it is ready, and nothing else. */
@Timeout(120)
class SandboxIT {

    @TempDir
    Path folder;

    private final int port = Ports.free();
    private final int adminPort = Ports.free();
    private final int sandboxPort = Ports.free();
    private final String lastHint = "curl http://localhost:" + sandboxPort + "/third-party";
    private Process sandbox;

    @AfterEach
    void stop() {
        sandbox.destroyForcibly();
    }

    @Test
    void theHintsAreAllThatIsPrintedAndTheyWork() throws Exception {
        // given
        BufferedReader printed = start();
        List<String> lines = new ArrayList<>();

        // when
        do {
            lines.add(printed.readLine());
        } while (lines.get(lines.size() - 1) != null && !lines.contains(lastHint));

        // then
        assertThat(lines.get(0), is(""));
        assertThat(lines.toString(), lines.get(1), startsWith("This is the sandbox: no data leaves this machine."));
        assertThat(status("http://localhost:" + adminPort + "/q/health/ready"), is(200));
        assertThat(status("http://localhost:" + port + "/v1/projects/sandbox/settings"), is(200));
        sandbox.toHandle().destroy();
        assertThat(printed.lines().toList(), is(List.of()));
        assertThat(sandbox.waitFor(), is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarkus.http.port (QUARKUS_HTTP_PORT)", "sandbox.port"})
    void aSandboxWhosePortIsTakenSaysSoAndPrintsNoHints(String setting) throws Exception {
        // given
        int wanted = setting.equals("sandbox.port") ? sandboxPort : port;
        try (ServerSocket taken = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            // when
            List<String> printed = start().lines().toList();

            // then
            assertThat(
                    printed,
                    contains(
                            is("Listrak Relay can't start. Fix this setting:"),
                            startsWith("  " + setting + ": expected a free port, found " + taken.getLocalPort())));
            assertThat(sandbox.waitFor(), is(78));
        }
    }

    private BufferedReader start() throws IOException {
        List<String> command = Program.command(
                "-Dquarkus.profile=sandbox",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + adminPort,
                "-Dsandbox.port=" + sandboxPort);
        sandbox = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new BufferedReader(new InputStreamReader(sandbox.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int status(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        return connection.getResponseCode();
    }
}
