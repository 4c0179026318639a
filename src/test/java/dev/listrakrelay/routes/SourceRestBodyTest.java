package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies that the REST source accepts: any content type, compressed or not, within the limits. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class SourceRestBodyTest extends ThroughTheDoors {

    private static final Duration NEVER_A_HANG = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 500 * 1024;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TestHTTPResource("/v1/track")
    URI track;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "multipart/form-data; boundary=x",
                "nonsense",
                ""
            })
    void anEventIsTakenUnderAnyContentType(String contentType) throws Exception {
        // given
        String id = UUID.randomUUID().toString();
        byte[] body = order(id + "@example.com", id + "=+&%41").getBytes();

        // when
        HttpResponse<String> answer = contentType.isEmpty() ? send(body) : send(body, "Content-Type", contentType);
        awaitNothingPending();

        // then
        assertThat(answer.statusCode() + " " + answer.body(), is("200 {\"accepted\":1,\"rejected\":[]}"));
        assertThat(arrived().contains(id + "=+&%41"), is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "X-GZIP"})
    void aCompressedEventIsTaken(String encoding) throws Exception {
        // given
        byte[] body = gzip(order("zipped@example.com", encoding).getBytes());

        // when
        HttpResponse<String> answer = send(body, "Content-Type", "application/json", "Content-Encoding", encoding);
        awaitNothingPending();

        // then
        assertThat(answer.statusCode(), is(200));
        assertThat(arrived().contains(encoding), is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "cut short", "flipped", "empty"})
    void aBrokenCompressionIsTheCallersMistake(String how) throws Exception {
        // given
        byte[] whole = gzip(order("broken@example.com", "broken").getBytes());
        byte[] body =
                switch (how) {
                    case "garbage" -> "hello".getBytes();
                    case "cut short" -> Arrays.copyOf(whole, whole.length / 2);
                    case "flipped" -> flipped(whole);
                    default -> new byte[0];
                };

        // when
        HttpResponse<String> answer = send(body, "Content-Type", "application/json", "Content-Encoding", "gzip");

        // then
        assertThat(answer.statusCode(), is(400));
        assertThat(answer.body(), containsString("not complete gzip"));
    }

    @Test
    void aRequestOfJustTheLimitIsTaken() throws Exception {
        // given
        byte[] body = padded(order("limit@example.com", "limit").getBytes(), MOST_BYTES);

        // when
        HttpResponse<String> answer = send(body, "Content-Type", "application/json");

        // then
        assertThat(answer.statusCode(), is(200));
    }

    @Test
    void aRequestOverTheLimitIsTooLarge() throws Exception {
        // given
        byte[] body = padded(order("large@example.com", "large").getBytes(), MOST_BYTES + 1);

        // when
        HttpResponse<String> answer = send(body, "Content-Type", "application/json");

        // then
        assertThat(answer.statusCode(), is(413));
        assertThat(answer.body(), containsString("expected at most 512000"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatTheServerStopsReadingIsTooLargeWithTheReasonToo(boolean saysItsLength) throws Exception {
        // given
        byte[] body = padded(order("larger@example.com", "larger").getBytes(), 2 * 1024 * 1024);

        // when
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(track)
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(NEVER_A_HANG)
                        .header("Authorization", "Bearer " + FakeListrakAccount.WRITE_KEY)
                        .POST(
                                saysItsLength
                                        ? BodyPublishers.ofByteArray(body)
                                        : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                BodyHandlers.ofString());

        // then
        assertThat(answer.statusCode(), is(413));
        assertThat(
                answer.body(),
                is("{\"error\":\"body: too large, expected at most 512000 bytes\",\"code\":\"too_large\","
                        + "\"message\":\"body: too large, expected at most 512000 bytes\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {MOST_BYTES + 1, 200_000_000})
    void aRequestThatUnpacksOverTheLimitIsTooLarge(int unpacked) throws Exception {
        // given
        byte[] body = gzip(padded(order("bomb@example.com", "bomb").getBytes(), unpacked));

        // when
        HttpResponse<String> answer = send(body, "Content-Type", "application/json", "Content-Encoding", "gzip");

        // then
        assertThat(body.length, lessThan(MOST_BYTES));
        assertThat(answer.statusCode(), is(413));
        assertThat(answer.body(), containsString("expected at most 512000"));
    }

    @Test
    void anEventOverItsLimitIsTooLargeAndTheAnswerSaysWhy() throws Exception {
        // given
        String event = order("event@example.com", "x".repeat(32 * 1024));

        // when
        HttpResponse<String> answer = send(event.getBytes(), "Content-Type", "application/json");

        // then
        assertThat(answer.statusCode(), is(413));
        assertThat(answer.body(), containsString("expected at most 32768"));
    }

    private HttpResponse<String> send(byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(track)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(NEVER_A_HANG)
                .header("Authorization", "Bearer " + FakeListrakAccount.WRITE_KEY)
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] padded(byte[] json, int length) {
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        return padded;
    }

    private static byte[] flipped(byte[] whole) {
        byte[] flipped = whole.clone();
        for (int i = 20; i < 40; i++) {
            flipped[i] ^= 0x55;
        }
        return flipped;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
