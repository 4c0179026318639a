package dev.listrakrelay.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Asks the administration API of a running relay, with the admin token of the configuration. */
final class AdminClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String url;
    private final Optional<String> token;

    /** @param url such as {@code http://localhost:9000}; empty for the port of the configuration on this machine */
    AdminClient(Optional<String> url, Config config) {
        this.url = url.orElseGet(() -> "http://localhost:"
                        + config.getOptionalValue("quarkus.management.port", String.class)
                                .orElse("9000"))
                .replaceFirst("/$", "");
        this.token = config.getOptionalValue("admin.token", String.class)
                .or(() -> config.getOptionalValue("admin.read-token", String.class));
    }

    /** An answer that is not the wanted one. */
    static final class CallRefused extends Exception {
        private final int status;

        CallRefused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The HTTP status; 0 if no answer came. */
        int status() {
            return status;
        }
    }

    /** @param path behind {@code /admin/}, with its query */
    String get(String path) throws CallRefused {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) throws CallRefused {
        return json(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    JsonNode json(String body) throws CallRefused {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CallRefused(0, url + ": expected JSON; check that --url is the management port of a relay");
        }
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) throws CallRefused {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + "/admin/" + path)).timeout(ANSWER);
            return token.isPresent() ? request.header("Authorization", "Bearer " + token.get()) : request;
        } catch (IllegalArgumentException e) {
            throw new CallRefused(0, "--url: expected a URL such as http://localhost:9000, found another");
        }
    }

    private String send(HttpRequest.Builder request) throws CallRefused {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw new CallRefused(answer.statusCode(), message(answer));
        } catch (IOException e) {
            throw new CallRefused(0, url + ": no answer (" + e + "); start the relay, or name another one with --url");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallRefused(0, url + ": interrupted");
        }
    }

    private String message(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body())
                    .path("error")
                    .asText(url + ": expected status 200, found " + answer.statusCode());
        } catch (JsonProcessingException e) {
            return url + ": expected status 200, found " + answer.statusCode();
        }
    }
}
