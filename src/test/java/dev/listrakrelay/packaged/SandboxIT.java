package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a sandbox prints only commands to try when it is ready, and suggests lines of the mapping. */
@Timeout(120)
class SandboxIT {

    private static final Duration BOUND = Duration.ofMinutes(1);

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

    @Test
    void theSuggestedLinesFillTheFieldsOfTheSandbox() throws Exception {
        // given
        Machine.assumeInstalled("patch");
        Path mapping = folder.resolve("shop.mapping.yaml");
        Files.writeString(mapping, "preset: default\n# the end\n");
        BufferedReader printed = start("-Dmapping.file=" + mapping);
        while (!lastHint.equals(printed.readLine())) {
            assertThat(sandbox.isAlive(), is(true));
        }
        assertThat(postOrder("{\"orderId\":\"ORD-1\",\"revenue\":\"12.50\"}"), is(200));

        // when
        // the first time, the relay may not have read the fields of the sandbox yet
        await().atMost(BOUND).until(() -> run(suggest(), "new.patch") == 1);
        int patched = run(List.of("patch", "-p0", "-i", "new.patch"), "said");

        // then
        assertThat(patched, is(0));
        assertThat(
                Files.readString(mapping),
                is(
                        """
                        preset: default
                        fields:
                          set:
                            order_id: {path: [$.properties.order_id, $.properties.orderId]}
                          convert:
                            revenue: Double
                        # the end
                        """));
        assertThat(run(suggest(), "none.patch"), is(0));
        List<String> check = Program.command();
        check.addAll(List.of("check", mapping.toString()));
        assertThat(run(check, "said"), is(0));
    }

    private List<String> suggest() {
        List<String> suggest = Program.command();
        suggest.addAll(List.of("suggest", "shop.mapping.yaml", "--url", "http://localhost:" + adminPort));
        return suggest;
    }

    /** Runs a command whose output goes to a file, and returns its exit code. */
    private int run(List<String> command, String output) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(output).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private int postOrder(String properties) throws IOException, InterruptedException {
        String order = "{\"type\":\"track\",\"event\":\"Order Completed\","
                + "\"context\":{\"traits\":{\"email\":\"ada@example.com\"}},\"properties\":" + properties + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/track"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer sandbox")
                .POST(BodyPublishers.ofString(order))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
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

    private BufferedReader start(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Dquarkus.profile=sandbox",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + adminPort,
                "-Dsandbox.port=" + sandboxPort));
        options.addAll(List.of(more));
        sandbox = new ProcessBuilder(Program.command(options.toArray(String[]::new)))
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
