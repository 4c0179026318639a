package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a sandbox prints what to try, once it can be tried, and nothing else. */
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
        assertThat(lines.toString(), lines.get(1), startsWith("This is a sandbox: nothing leaves this machine."));
        assertThat(status("http://localhost:" + adminPort + "/q/health/ready"), is(200));
        assertThat(status("http://localhost:" + port + "/v1/projects/sandbox/settings"), is(200));
        sandbox.toHandle().destroy();
        assertThat(printed.lines().toList(), is(List.of()));
        assertThat(sandbox.waitFor(), is(0));
    }

    @Test
    void aSandboxWhosePortIsTakenPrintsNoHints() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // when
            String printed = start().lines().collect(Collectors.joining("\n"));

            // then
            assertThat(printed, not(containsString(lastHint)));
            assertThat(sandbox.waitFor(), not(is(0)));
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
