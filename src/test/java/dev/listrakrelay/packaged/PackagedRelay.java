package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged program in its own process, on free ports, with a spool that survives the process. */
final class PackagedRelay implements AutoCloseable {

    /** The longest time that a start may need, whatever is in the spool. */
    static final Duration READY = Duration.ofSeconds(120);

    static final int LANES = 8;

    static final String ADMIN_TOKEN = "token-of-the-operator";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final FakeListrak listrak;
    private final ListeningPort listrakPort;
    private final Path folder;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>(List.of("-Xmx256m"));
    private List<String> under = List.of();
    private Process process;

    /** @param folder the folder for the spool and the log */
    PackagedRelay(FakeListrak listrak, Path folder) {
        this.listrak = listrak;
        this.listrakPort = listrak.newPort();
        this.folder = folder;
        // some tests use a disk that is smaller than the default of this setting
        with("SPOOL_MIN_FREE", "0");
        with("SPOOL_DIR", folder.resolve("spool").toString());
        with("SPOOL_LANES", String.valueOf(LANES));
        with("SOURCE_REST_WRITE_KEYS", "key");
        with("LISTRAK_CLIENT_ID", "id");
        with("LISTRAK_CLIENT_SECRET", "secret");
        with("LISTRAK_COMPANY_ID", "12345");
        with("LISTRAK_EVENT_UID", FakeListrak.EVENT_UID);
        with("LISTRAK_API_URL", listrakPort.url());
        with("LISTRAK_SCHEMA_CHECK", "0");
        with("LISTRAK_AUTH_URL", listrakPort.url() + "/token");
        with("DELIVERY_MAXIMUM_BACKOFF", "2s");
        with("ADMIN_TOKEN", ADMIN_TOKEN);
        with("QUARKUS_HTTP_PORT", String.valueOf(port));
        with("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    }

    PackagedRelay with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /**
     * Starts the program with this command from now on, such as {@code strace -f}. The command's process has to become
     * the program's process.
     */
    PackagedRelay under(String... command) {
        under = List.of(command);
        return this;
    }

    /** The address for events, as an SDK is configured. */
    String url() {
        return "http://localhost:" + port;
    }

    /** Adds a system property to the command line; a native executable accepts these, too. */
    PackagedRelay withProperty(String key, Object value) {
        options.add("-D" + key + "=" + value);
        return this;
    }

    /** The port of the fake Listrak that only this relay delivers to. */
    ListeningPort listrakPort() {
        return listrakPort;
    }

    long pid() {
        return process.pid();
    }

    /** Starts the program without waiting. */
    PackagedRelay launch() {
        return launch(List.of());
    }

    /** Starts one of the program's commands with the same configuration, without waiting for its end. */
    PackagedRelay command(String... arguments) {
        return launch(List.of(arguments));
    }

    private PackagedRelay launch(List<String> arguments) {
        List<String> command = new ArrayList<>(under);
        command.addAll(Program.command(options.toArray(new String[0])));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts the program, and waits until it is ready. */
    PackagedRelay start() {
        return launch().awaitReady();
    }

    PackagedRelay awaitReady() {
        try {
            await().atMost(READY).pollInterval(Duration.ofMillis(50)).until(this::isReady);
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("not ready, its log:\n" + logText(), e);
        }
        return this;
    }

    boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ", its log:\n" + logText());
        }
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether it is live and started, so that Kubernetes would not restart it. */
    boolean isLive() {
        try {
            return get("/q/health/live").statusCode() == 200
                    && get("/q/health/started").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The answer of the readiness check, as JSON. */
    String readiness() {
        try {
            return get("/q/health/ready").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process. Unlike a power cut, this keeps what the disk's cache has. */
    void kill9() {
        end();
        listrak.killed(this);
    }

    private void end() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends the signal TERM, as Kubernetes and systemd do. */
    PackagedRelay sigterm() {
        process.destroy();
        return this;
    }

    /** Waits until the process ends, 30 s at most. Returns its exit code. */
    int awaitExit() {
        return awaitExit(30);
    }

    int awaitExit(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running after " + seconds + " s, its log:\n" + logText());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts events. Returns the status, or fails if there is no answer. */
    int post(String call, String json) throws IOException {
        return answer(call, json).statusCode();
    }

    /** @param more more headers: name, value, … */
    HttpResponse<String> answer(String call, String json, String... more) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/" + call))
                .header("Authorization", "Bearer key")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(json));
        return send((more.length == 0 ? request : request.headers(more)).build());
    }

    /**
     * Posts a webhook as Listrak does. Returns the status, or fails if there is no answer.
     *
     * @param more more headers: name, value, …
     */
    int webhook(String name, String body, String timestamp, String signature, String... more) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/webhooks/listrak/" + name))
                .header("Content-Type", "application/json")
                .header("LTK-Timestamp", timestamp)
                .header("LTK-HmacSignature", signature)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body));
        return send((more.length == 0 ? request : request.headers(more)).build())
                .statusCode();
    }

    /** The address of the page. */
    String console() {
        return "http://localhost:" + managementPort + "/console/";
    }

    /** Posts this JSON to the administration. Returns the answer. */
    HttpResponse<String> admin(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/admin/" + path))
                .header("Authorization", "Bearer " + ADMIN_TOKEN)
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** The body that the administration answers to a GET. */
    String adminGet(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/admin/" + path))
                        .header("Authorization", "Bearer " + ADMIN_TOKEN)
                        .build())
                .body();
    }

    /** Listrak's answers in the dead letters with this reason. */
    List<String> answersOfDeadLetters(String reason) throws IOException {
        return new ObjectMapper()
                .readTree(adminGet("dead-letters?reason=" + reason))
                .findValuesAsText("answer");
    }

    /** The messageIds of the events that it says may have arrived twice, because it was killed. */
    List<String> killedWhileSending() throws IOException {
        return adminGet("ambiguous?format=ndjson")
                .lines()
                .map(PackagedRelay::killed)
                .toList();
    }

    private static String killed(String line) {
        try {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (!entry.path("cause").asText().equals("kill")) {
                throw new IllegalStateException("expected the cause kill, found " + line);
            }
            return entry.path("messageId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All metrics, in Prometheus' text format. */
    String metrics() {
        try {
            return get("/q/metrics").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The host and port for Prometheus, as host:port. */
    String scrapeTarget() {
        return "localhost:" + managementPort;
    }

    /** A metric, added up over its labels; 0 if it doesn't exist. */
    long metric(String name) {
        try {
            Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$")
                    .matcher(get("/q/metrics").body());
            return line.results()
                    .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its highest resident memory so far, in MiB; 0 on machines without {@code /proc}. */
    long peakRssMib() {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try (Stream<String> lines = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Path log() {
        return folder.resolve("relay.log");
    }

    String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            end();
        }
    }
}
