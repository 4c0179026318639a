package dev.listrakrelay.routes;

import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees, Webhooks in: a genuine webhook is stored once and gets 200; any other gets 401 and is not stored. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(FakeThirdParty.class)
class WebhookReceiveRouteTest extends Webhooks {

    private static final String SECRET = FakeThirdParty.SECRET;

    /** A webhook that isn't genuine; {@code how} says what is wrong with it. */
    private record Forged(String how, byte[] body, String timestamp, String signature) {
        @Override
        public String toString() {
            return how;
        }
    }

    @Test
    void aSignatureMadeInPythonIsGenuine() {
        // given
        byte[] body = cart("p@example.com");
        String now = now();

        // when
        int status = send("kept", body, now, Tool.run("python3", "sign.py", body, SECRET, now));

        // then
        assertThat(status, is(200));
    }

    @Test
    void aSignatureMadeInJavaScriptIsGenuine() {
        // given
        byte[] body = cart("n@example.com");
        String now = now();

        // when
        int status = send("kept", body, now, Tool.run("node", "sign.mjs", body, SECRET, now));

        // then
        assertThat(status, is(200));
    }

    @Test
    void aGenuineWebhookIsStoredOnceHoweverItsSignatureIsWritten() {
        // given
        byte[] body = cart("once@example.com");
        String now = now();
        String hex = HexFormat.of().formatHex(hmac(SECRET, body, now));
        long before = accepted("kept");

        // when
        int base64 = send("kept", body, now, sign(SECRET, body, now));
        int again = send("kept", body, now, sign(SECRET, body, now));
        int lower = send("kept", body, now, hex);
        int upper = send("kept", body, now, hex.toUpperCase(Locale.ROOT));

        // then
        assertThat(
                Stream.of(base64, again, lower, upper).toList(),
                is(Stream.of(200, 200, 200, 200).toList()));
        assertThat(accepted("kept") - before, is(1L));
    }

    @Test
    void thePreviousSecretIsGoodAsWell() {
        // given
        byte[] body = cart("rotated@example.com");
        String now = now();

        // when
        int status = send("orders", body, now, sign(FakeThirdParty.PREVIOUS_SECRET, body, now));

        // then
        assertThat(status, is(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[1,2]", "\uFEFF{\"a\":1}", "{\"a\":1"})
    void aGenuineWebhookIsStoredWhateverItsBody(String body) {
        // given
        long before = accepted("kept");

        // when
        int status = send("kept", (body + (body.isEmpty() ? "" : now())).getBytes(UTF_8));

        // then
        assertThat(status, is(200));
        assertThat(accepted("kept") - before, is(1L));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void anInvalidWebhookIsRefusedWithoutAHint(Forged forged) {
        // given
        long before = accepted("kept");

        // when
        var answer = listrak()
                .header("LTK-Timestamp", forged.timestamp())
                .header("LTK-HmacSignature", forged.signature())
                .body(forged.body())
                .post("/webhooks/listrak/kept");

        // then
        assertThat(answer.statusCode(), is(401));
        assertThat(answer.body().asString(), emptyString());
        assertThat(accepted("kept") - before, is(0L));
    }

    static Stream<Forged> forged() throws IOException {
        byte[] body = cart("forged@example.com");
        String now = now();
        String good = sign(SECRET, body, now);
        String hex = HexFormat.of().formatHex(hmac(SECRET, body, now));
        long seconds = Long.parseLong(now);
        String early = String.valueOf(seconds - 15 * 60 - 1);
        // 30 seconds more than the limit, because the relay's clock goes on
        String late = String.valueOf(seconds + 15 * 60 + 31);
        return Stream.of(
                new Forged("wrong", body, now, sign(SECRET, cart("other@example.com"), now)),
                new Forged("truncated", body, now, good.substring(0, good.length() - 1)),
                new Forged("truncated hex", body, now, hex.substring(0, 62)),
                new Forged("hex of odd length", body, now, hex.substring(0, 63)),
                new Forged("of the same bytes, written otherwise", body, now, sloppy(good)),
                new Forged("empty", body, now, ""),
                new Forged("doubled in one header", body, now, good + "," + good),
                new Forged("other secret", body, now, sign("another", body, now)),
                new Forged("no secret", body, now, sign(" ", body, now)),
                new Forged("changed byte", changed(body), now, good),
                new Forged(
                        "serialised again",
                        new String(body, UTF_8).replace(":", ": ").getBytes(UTF_8),
                        now,
                        good),
                new Forged("byte order mark", ("\uFEFF" + new String(body, UTF_8)).getBytes(UTF_8), now, good),
                new Forged("no body", new byte[0], now, good),
                new Forged("packed", gzip(body), now, good),
                new Forged("timestamp of another second", body, String.valueOf(seconds - 1), good),
                new Forged("timestamp not of digits", body, "+" + now, sign(SECRET, body, "+" + now)),
                new Forged("timestamp with a point", body, now + ".0", sign(SECRET, body, now + ".0")),
                new Forged("timestamp in other digits", body, "١٢٣", sign(SECRET, body, "١٢٣")),
                new Forged("timestamp with a zero before it", body, "0" + now, sign(SECRET, body, "0" + now)),
                new Forged("timestamp empty", body, "", sign(SECRET, body, "")),
                new Forged("timestamp beyond all numbers", body, "9".repeat(40), sign(SECRET, body, "9".repeat(40))),
                new Forged("15:01 old", body, early, sign(SECRET, body, early)),
                new Forged("15:01 ahead", body, late, sign(SECRET, body, late)),
                new Forged(
                        "a digit moved from timestamp to body",
                        (new String(body, UTF_8) + now.charAt(0)).getBytes(UTF_8),
                        now.substring(1),
                        good));
    }

    /** The same bytes in other base64: the last character before the padding has two bits that don't count. */
    private static String sloppy(String base64) {
        char last = base64.charAt(base64.length() - 2);
        return base64.substring(0, base64.length() - 2) + (char) (last + 1) + "=";
    }

    private static byte[] changed(byte[] body) {
        byte[] changed = body.clone();
        changed[body.length - 3] ^= 1;
        return changed;
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    @Test
    void aMissingOrRepeatedHeaderIsRefused() {
        // given
        byte[] body = cart("headers@example.com");
        String now = now();
        String good = sign(SECRET, body, now);
        long before = accepted("kept");
        String path = "/webhooks/listrak/kept";

        // when, then
        listrak().header("LTK-HmacSignature", good).body(body).post(path).then().statusCode(401);
        listrak().header("LTK-Timestamp", now).body(body).post(path).then().statusCode(401);
        listrak()
                .header("LTK-Timestamp", now, now)
                .header("LTK-HmacSignature", good)
                .body(body)
                .post(path)
                .then()
                .statusCode(401);
        listrak()
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", good, good)
                .body(body)
                .post(path)
                .then()
                .statusCode(401);
        listrak()
                .queryParam("LTK-Timestamp", now)
                .queryParam("LTK-HmacSignature", good)
                .body(body)
                .post(path)
                .then()
                .statusCode(401);
        assertThat(accepted("kept") - before, is(0L));
    }

    @Test
    void ifThereAreHeadersTheQueryDoesNotCount() {
        // given
        byte[] body = cart("besides@example.com");
        String now = now();

        // when, then
        listrak()
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", sign(SECRET, body, now))
                .queryParam("LTK-Timestamp", "1")
                .queryParam("LTK-HmacSignature", "another")
                .body(body)
                .post("/webhooks/listrak/kept")
                .then()
                .statusCode(200);
    }

    @Test
    void itsPathMayEndInASlash() {
        assertThat(send("kept/", cart("slash@example.com")), is(200));
    }

    @Test
    void anUnknownNameIsNotFoundWithoutAWord() {
        // given
        byte[] body = cart("nobody@example.com");

        // when
        var answer = listrak()
                .header("LTK-Timestamp", now())
                .header("LTK-HmacSignature", sign(SECRET, body, now()))
                .body(body)
                .post("/webhooks/listrak/unknown?name=kept&webhook=kept");

        // then
        assertThat(answer.statusCode(), is(404));
        assertThat(answer.body().asString(), emptyString());
    }

    @Test
    void aNameInTheQueryDoesNotChooseTheWebhook() {
        // given
        byte[] body = cart("query@example.com");
        String now = now();
        long kept = accepted("kept");
        long orders = accepted("orders");

        // when
        listrak()
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", sign(SECRET, body, now))
                .header("webhook", "orders")
                .body(body)
                .post("/webhooks/listrak/kept?name=orders&webhook=orders")
                .then()
                .statusCode(200);

        // then
        assertThat(accepted("kept") - kept, is(1L));
        assertThat(accepted("orders") - orders, is(0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/octet-stream"})
    void itsBytesCountWhateverTheyAreCalled(String contentType) {
        // given
        byte[] body = cart("labelled@example.com");
        String now = now();

        // when, then
        listrak()
                .config(RestAssured.config()
                        .encoderConfig(encoderConfig().encodeContentTypeAs(contentType, ContentType.BINARY)))
                .contentType(contentType)
                .header("LTK-Timestamp", now)
                .header("LTK-HmacSignature", sign(SECRET, body, now))
                .body(body)
                .post("/webhooks/listrak/kept")
                .then()
                .statusCode(200);
    }

    @Test
    void aWebhookOverTheLimitIsTooLargeAndTheAnswerNamesTheLimit() {
        listrak()
                .body(new byte[1_100_000])
                .post("/webhooks/listrak/kept")
                .then()
                .statusCode(413)
                .body("error", is("body: too large, expected at most 1048576 bytes"));
    }

    @Test
    void aWebhookOverTheLimitOfEventsIsTaken() {
        assertThat(send("kept", new byte[1_000_000]), is(200));
    }

    @Test
    void nothingCanBeRead() {
        listrak().get("/webhooks/listrak/kept").then().statusCode(405);
    }
}
