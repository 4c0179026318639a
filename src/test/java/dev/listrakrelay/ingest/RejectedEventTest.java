package dev.listrakrelay.ingest;

import static dev.listrakrelay.ingest.Posted.PAGE;
import static dev.listrakrelay.ingest.Posted.batch;
import static dev.listrakrelay.ingest.Posted.pageNested;
import static dev.listrakrelay.ingest.Posted.pageOf;
import static dev.listrakrelay.ingest.Posted.pageWithNumber;
import static dev.listrakrelay.ingest.Posted.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * If an event exceeds a limit or lacks a field, only this event is rejected; the reason contains no data of the event.
 */
class RejectedEventTest {

    private static final String TYPES = "expected one of track, page, screen, identify, group, alias";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(pageOf(32 * 1024 + 1), "event: too large, expected at most 32768 bytes, found 32769"),
                Arguments.of(pageNested(65), "event: nested too deep, expected at most 64 levels"),
                Arguments.of(pageNested(66), "event: nested too deep, expected at most 64 levels"),
                Arguments.of(pageNested(900), "event: nested too deep, expected at most 64 levels"),
                Arguments.of(pageWithNumber(101), "event: number too long, expected at most 100 characters, found 101"),
                Arguments.of(
                        pageWithNumber(20_000), "event: number too long, expected at most 100 characters, found 20000"),
                Arguments.of(
                        "{\"type\":\"page\",\"n\":[0." + "3".repeat(99) + "]}",
                        "event: number too long, expected at most 100 characters, found 101"),
                Arguments.of(
                        "{\"type\":\"page\",\"a\":1,\"a\":2}",
                        "event: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "{\"type\":\"page\",\"type\":\"page\"}",
                        "event: duplicate key in an object, expected each key once"),
                Arguments.of(
                        "{\"type\":\"page\",\"d\":[{\"p\":{\"a\":1,\"\\u0061\":2}}]}",
                        "event: duplicate key in an object, expected each key once"),
                Arguments.of("{\"a\":1}", "type: missing, " + TYPES),
                Arguments.of("{\"type\":null}", "type: missing, " + TYPES),
                Arguments.of("{\"type\":\"purchase\"}", "type: unknown, " + TYPES),
                Arguments.of("{\"type\":\"Track\"}", "type: unknown, " + TYPES),
                Arguments.of("{\"type\":[\"page\"]}", "type: expected a string, found an array"),
                Arguments.of("{\"type\":\"track\"}", "event: missing, expected the name of the track event"),
                Arguments.of(
                        "{\"type\":\"track\",\"event\":\" \"}", "event: missing, expected the name of the track event"),
                Arguments.of(
                        "{\"type\":\"track\",\"event\":{\"name\":\"x\"}}", "event: expected a string, found an object"),
                Arguments.of("{\"type\":\"page\",\"messageId\":{}}", "messageId: expected a string, found an object"),
                Arguments.of("{\"type\":\"page\",\"messageId\":true}", "messageId: expected a string, found true"),
                Arguments.of("{\"type\":\"page\",\"userId\":[1]}", "userId: expected a string, found an array"),
                Arguments.of(
                        "{\"type\":\"page\",\"messageId\":\"" + "m".repeat(256) + "\"}",
                        "messageId: too long, expected at most 255 characters, found 256"),
                Arguments.of(
                        "{\"type\":\"page\",\"messageId\":\"\\ud83d\"}",
                        "messageId: half a surrogate pair, expected whole characters"),
                Arguments.of(
                        "{\"type\":\"page\",\"userId\":\"a\\ude00\\ud83d\"}",
                        "userId: half a surrogate pair, expected whole characters"),
                Arguments.of(
                        "{\"type\":\"page\",\"anonymousId\":\"\\udbffa\"}",
                        "anonymousId: half a surrogate pair, expected whole characters"),
                Arguments.of("[]", "event: expected an object, found an array"),
                Arguments.of("{\"type\":\"track\",\"event\":1.5}", "event: expected a string, found a number"),
                Arguments.of(
                        "{\"type\":\"page\",\"properties\":\"{\\\"a\\\":1}\"}",
                        "properties: expected an object, found a string"),
                Arguments.of(
                        "{\"type\":\"page\",\"properties\":[{\"a\":1}]}",
                        "properties: expected an object, found an array"),
                Arguments.of("{\"type\":\"page\",\"properties\":5}", "properties: expected an object, found a number"),
                Arguments.of("{\"type\":\"page\",\"traits\":\"\"}", "traits: expected an object, found a string"),
                Arguments.of("{\"type\":\"page\",\"context\":[[]]}", "context: expected an object, found an array"),
                Arguments.of("{\"type\":\"page\",\"context\":true}", "context: expected an object, found true"),
                Arguments.of("null", "event: expected an object, found null"),
                Arguments.of("\"page\"", "event: expected an object, found a string"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aBadEventIsRejectedAloneWithItsPlaceAndReason(String bad, String reason) {
        // given
        String after = "{\"type\":\"page\", \"messageId\":\"after\" }";

        // when
        IntakeResult intake = batch(PAGE, bad, after);

        // then
        assertEquals(List.of(new IntakeResult.Rejection(1, reason)), intake.rejected());
        assertEquals(
                List.of(PAGE, after), intake.events().stream().map(Posted::raw).toList());
    }

    static Stream<String> onTheBound() {
        return Stream.of(
                pageOf(32 * 1024),
                pageNested(63),
                pageNested(64),
                pageWithNumber(100),
                "{\"type\":\"page\",\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}",
                "{\"type\":\"page\",\"properties\":null,\"traits\":[ ],\"context\":[]}",
                "{\"type\":\"page\",\"a\":{\"properties\":\"x\",\"context\":[1]}}",
                "{\"type\":\"page\",\"messageId\":\"" + "m".repeat(255) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("onTheBound")
    void anEventOnTheBoundIsTaken(String event) {
        // when
        IntakeResult intake = batch(event);

        // then
        assertEquals(List.of(), intake.rejected());
        assertEquals(event, Posted.raw(intake.events().get(0)));
    }

    @Test
    void ifOnlyTheSizeIsWrongTheRequestIsTooLarge() {
        // when
        IntakeResult large = batch(pageOf(40_000));
        IntakeResult mixed = batch(pageOf(40_000), "{}");
        IntakeResult some = batch(pageOf(40_000), PAGE);

        // then
        assertTrue(large.isTooLarge());
        assertFalse(mixed.isTooLarge());
        assertFalse(some.isTooLarge());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void noReasonContainsWhatWasSent(String bad, String reason) {
        // given
        String secret = "s3cr3t@example.com";
        String telling = bad.replace("purchase", secret)
                .replace("\"a\":1", "\"" + secret + "\":\"" + secret + "\"")
                .replace("\"a\":2", "\"" + secret + "\":\"" + secret + "\"")
                .replace("\"\\u0061\":2", "\"" + secret + "\":2")
                .replace("[1]", "[\"" + secret + "\"]")
                .replace("mmmmmmmmmmmmmmmmmm", secret);

        // when
        IntakeResult intake = batch(telling);
        IntakeResult call = read("track", "{\"event\":[\"" + secret + "\"]}");

        // then
        assertFalse(intake.rejected().isEmpty() || intake.rejected().toString().contains(secret), reason);
        assertFalse(call.rejected().isEmpty() || call.rejected().toString().contains(secret));
    }
}
