package dev.listrakrelay.ingest;

import static dev.listrakrelay.ingest.Posted.PAGE;
import static dev.listrakrelay.ingest.Posted.pageOf;
import static dev.listrakrelay.ingest.Posted.read;
import static dev.listrakrelay.ingest.Posted.unreadable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that can't be read as a whole is refused with the reason. */
class UnreadableBodyTest {

    private static final String SECRET = "s3cr3t@example.com";

    static Stream<Arguments> bodies() {
        String nested = "{\"type\":\"page\",\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        return Stream.of(
                Arguments.of("events", "", "body: empty, expected JSON"),
                Arguments.of("events", " \n ", "body: empty, expected JSON"),
                Arguments.of("batch", " ", "body: empty, expected JSON"),
                Arguments.of("page", "\uFEFF  ", "body: empty, expected JSON"),
                Arguments.of("events", SECRET, "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\"", "body: not JSON at byte "),
                Arguments.of("events", "[" + PAGE, "body: not JSON at byte "),
                Arguments.of("events", "[" + PAGE + ",]", "body: not JSON at byte "),
                Arguments.of("events", "[" + PAGE + " " + PAGE + "]", "body: not JSON at byte "),
                Arguments.of("events", "{'type':'page'}", "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\",\"n\":NaN}", "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\",\"n\":01}", "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\",\"a\\ud800\":1}", "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\",\"\\udfff\":1}", "body: not JSON at byte "),
                Arguments.of("events", "{\"type\":\"page\",\"s\":\"a\nb\"}", "body: not JSON at byte "),
                Arguments.of("events", PAGE + PAGE, "body: more than one JSON value, expected one"),
                Arguments.of("events", PAGE + " " + SECRET, "body: not JSON at byte "),
                Arguments.of("batch", "{\"batch\":[" + PAGE + "]}]", "body: not JSON at byte "),
                Arguments.of("batch", "[" + PAGE + "]", "body: expected an object with the key batch, found an array"),
                Arguments.of("batch", "{}", "batch: missing, expected an array of events"),
                Arguments.of(
                        "batch", "{\"batch\":" + PAGE + "}", "batch: expected an array of events, found an object"),
                Arguments.of("batch", "{\"batch\":null}", "batch: expected an array of events, found null"),
                Arguments.of(
                        "batch",
                        "{\"batch\":[],\"batch\":[]}",
                        "batch: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "batch",
                        "{\"sentAt\":\"a\",\"batch\":[" + PAGE + "],\"sentAt\":\"b\"}",
                        "batch: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "batch",
                        "{\"context\":{\"a\":1,\"\\u0061\":2},\"batch\":[" + PAGE + "]}",
                        "batch: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "batch",
                        "{\"batch\":[" + PAGE + "],\"other\":[{\"b\":{\"a\":1,\"a\":2}}]}",
                        "batch: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "batch", "{\"context\":\"{}\",\"batch\":[]}", "context: expected an object, found a string"),
                Arguments.of("batch", "{\"context\":[1],\"batch\":[]}", "context: expected an object, found an array"),
                Arguments.of("events", nested, "body: nested too deep, expected at most 1000 levels"),
                Arguments.of("events", "[" + nested + "]", "body: nested too deep, expected at most 1000 levels"),
                Arguments.of("events", "[".repeat(5_000), "body: nested too deep, expected at most 1000 levels"),
                Arguments.of(
                        "batch",
                        "{\"a\":" + "{\"a\":".repeat(5_000),
                        "body: nested too deep, expected at most 1000 levels"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anUnreadableBodyIsRejectedWithItsReason(String call, String body, String reason) {
        // when
        UnreadableRequest refused = unreadable(call, body);

        // then
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().startsWith(reason), refused::getMessage);
        assertFalse(refused.getMessage().contains(SECRET));
    }

    @Test
    void noBodyAtAllIsRefused() {
        // when
        UnreadableRequest refused = unreadable("events", (byte[]) null);

        // then
        assertEquals("body: empty, expected JSON", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"batch\":[]}"})
    void anEmptyBatchHoldsNothing(String body) {
        // when
        IntakeResult intake = read(body.startsWith("[") ? "events" : "batch", body);

        // then
        assertEquals(0, intake.size());
        assertFalse(intake.isTooLarge());
    }

    @Test
    void anEmptyEventIsRejectedUnlessTheCallSaysWhatItIs() {
        // when
        IntakeResult unknown = read("events", "{}");
        IntakeResult page = read("page", "{}");

        // then
        assertEquals(1, unknown.rejected().size());
        assertEquals(1, page.events().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "X-UTF-32LE-BOM"})
    void anotherEncodingIsRefused(String charset) {
        // when
        UnreadableRequest refused = unreadable("events", PAGE.getBytes(Charset.forName(charset)));

        // then
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().startsWith("body: expected UTF-8"), refused::getMessage);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        // given an é in ISO-8859-1, an overlong slash, and half a surrogate pair
        byte[][] bodies = {
            {'"', (byte) 0xE9, '"'},
            {'"', (byte) 0xC0, (byte) 0xAF, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}
        };

        for (byte[] body : bodies) {
            // when
            UnreadableRequest refused = unreadable("events", body);

            // then
            assertEquals("body: expected UTF-8, found another encoding", refused.getMessage());
        }
    }

    @Test
    void aRequestOnTheBoundIsTakenAndOneOverIsTooLarge() {
        // given
        String batch = "[" + String.join(",", Collections.nCopies(20, pageOf(25_000))) + "]";
        byte[] onTheBound = Arrays.copyOf(batch.getBytes(StandardCharsets.UTF_8), 500 * 1024);
        Arrays.fill(onTheBound, batch.length(), onTheBound.length, (byte) ' ');

        // when
        IntakeResult taken = read("events", onTheBound);
        UnreadableRequest refused = unreadable("events", (new String(onTheBound, StandardCharsets.UTF_8) + " "));

        // then
        assertEquals(20, taken.events().size());
        assertEquals(413, refused.status());
        assertEquals("body: too large, expected at most 512000 bytes, found 512001", refused.getMessage());
    }

    @Test
    void aBatchOf2500IsTakenAndOneOf2501IsTooLarge() {
        // given
        String events = String.join(",", Collections.nCopies(2_500, "{\"type\":\"page\"}"));

        // when
        IntakeResult taken = read("events", "[" + events + "]");
        UnreadableRequest refused = unreadable("events", "[" + events + ",1]");

        // then
        assertEquals(2_500, taken.events().size());
        assertEquals(413, refused.status());
        assertEquals("batch: too many events, expected at most 2500", refused.getMessage());
    }
}
