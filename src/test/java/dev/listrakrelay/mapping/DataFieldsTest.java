package dev.listrakrelay.mapping;

import static dev.listrakrelay.mapping.Events.fields;
import static dev.listrakrelay.mapping.Events.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties of an event become Listrak's data fields. */
class DataFieldsTest {
    private static final String FULL_DIGITS = "1234567890".repeat(10);

    private Mapping mapping;

    @BeforeEach
    void readMapping() throws IOException {
        mapping = Events.defaultMapping();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "129.99",
                "9007199254740993",
                "1.10",
                "1e2",
                "1E+2",
                "-0",
                "-0.0",
                "0.1e-7",
                "1e400",
                "1e99999999999",
                "18446744073709551616",
                "3.14159265358979323846264338327950288"
            })
    void numbersArriveExactlyAsTheyCame(String number) {
        // given
        Event event = order("{\"n\":" + number + ",\"in\":[" + number + "]}");

        // when
        MappingResult mapped = Events.map(mapping, event);

        // then
        assertEquals("\"n\":" + number + ",\"in\":\"[" + number + "]\"", fields(mapped));
    }

    @Test
    void aHundredDigitsArriveExactlyAsTheyCame() {
        // given
        Event event = order("{\"n\":" + FULL_DIGITS + ",\"d\":0." + FULL_DIGITS + "}");

        // when
        MappingResult mapped = Events.map(mapping, event);

        // then
        assertEquals("\"n\":" + FULL_DIGITS + ",\"d\":0." + FULL_DIGITS, fields(mapped));
    }

    @Test
    void propertiesKeepTheirOrderAndTheirKinds() {
        // given
        String properties = "\"z\":\"last \\\"letter\\\" ü 😀\",\"a\":true,\"m\":null,\"f\":false,\"\":\"\",\"b\":1";

        // when
        MappingResult mapped = Events.map(mapping, order("{" + properties + "}"));

        // then
        assertEquals(properties, fields(mapped));
    }

    @Test
    void nestedValuesBecomeStringsThatHoldTheirJson() {
        // given
        Event event = order("{\"o\": {\"b\": [1.10, {\"q\": \"a \\\"b\\\"\"}], \"a\": null}, \"e\": {}, \"l\": [ ]}");

        // when
        MappingResult mapped = Events.map(mapping, event);

        // then
        assertEquals(
                "\"o\":\"{\\\"b\\\":[1.10,{\\\"q\\\":\\\"a \\\\\\\"b\\\\\\\"\\\"}],\\\"a\\\":null}\","
                        + "\"e\":\"{}\",\"l\":\"[]\"",
                fields(mapped));
    }

    @Test
    void membersNamedLikeOursAreOverridden() {
        // given
        Event event = order("{\"event_name\":\"refund\",\"id\":1,\"event_time\":[\"never\"]}");

        // when
        String json = Events.json(Events.map(mapping, event));

        // then
        assertTrue(
                json.endsWith("{\"event_name\":\"purchase\",\"id\":1,\"event_time\":\"2026-06-06T12:00:00Z\"}}"), json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[1,2]", "\"text\"", "5", "{}"})
    void propertiesThatAreNoObjectLeaveNameAndTime(String properties) {
        // given
        Event event = order(properties);

        // when
        String json = Events.json(Events.map(mapping, event));

        // then
        assertTrue(
                json.endsWith("\"dataFields\":{\"event_name\":\"purchase\",\"event_time\":\"2026-06-06T12:00:00Z\"}}"),
                json);
    }

    @Test
    void loneSurrogatesAreReplacedAndPairsAreKept() {
        // given
        Event event = order("{\"a\":\"x\\udc00y\",\"b\":[\"\\ud800\",{\"c\":\"\\ud83d\\ude00\"}]}");

        // when
        MappingResult mapped = Events.map(mapping, event);

        // then
        assertEquals("\"a\":\"x\uFFFDy\",\"b\":\"[\\\"\uFFFD\\\",{\\\"c\\\":\\\"😀\\\"}]\"", fields(mapped));
    }

    @Test
    void valuesNestedAsDeepAsIntakeAllowsAreMapped() {
        // given
        String deep = "[".repeat(62) + "]".repeat(62);

        // when
        MappingResult mapped = Events.map(mapping, order("{\"d\":" + deep + "}"));

        // then
        assertEquals("\"d\":\"" + deep + "\"", fields(mapped));
    }
}
