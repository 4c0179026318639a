package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a real Prometheus that scrapes a relay and evaluates alert rules every second. */
final class Prometheus implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = Ports.free();
    private final Process process;

    /** @param rules the file with the alert rules */
    Prometheus(Path folder, PackagedRelay relay, Path rules) throws IOException {
        Path config = Files.writeString(
                folder.resolve("prometheus.yaml"),
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: listrak-relay
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['%s'], labels: {namespace: shop}}]
                """
                        .formatted(rules, relay.scrapeTarget()));
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=localhost:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    Prometheus awaitScraping() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> query("up == 1").size() == 1);
        return this;
    }

    /** The series that a query returns now. */
    JsonNode query(String query) throws IOException {
        JsonNode answer = get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(query + ": " + answer.path("error").asText());
        }
        return answer.at("/data/result");
    }

    /** The rules with their last evaluation. */
    JsonNode rules() throws IOException {
        return get("rules").at("/data/groups/0/rules");
    }

    private JsonNode get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/" + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
