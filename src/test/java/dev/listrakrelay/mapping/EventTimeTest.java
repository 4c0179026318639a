package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of an event in UTC, corrected if the device's clock is wrong. */
class EventTimeTest {

    private static String time(String event) throws Exception {
        ObjectNode tree = JsonTree.read(event.getBytes());
        return EventTime.of(tree, Events.RECEIVED).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-06T12:34:56Z,2026-06-06T12:34:56Z",
        "2026-06-06T14:34:56+02:00,2026-06-06T12:34:56Z",
        "1780749296,2026-06-06T12:34:56Z",
        "' 2026-06-06T12:34:56Z ',2026-06-06T12:34:56Z"
    })
    void aTimeIsSentInUtc(String timestamp, String expected) throws Exception {
        // given
        String event = "{\"timestamp\":\"" + timestamp + "\"}";

        // when
        String time = time(event);

        // then
        assertEquals(expected, time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"\"",
                "\"yesterday\"",
                "[1780749296]",
                "\"2026-02-30T12:34:56Z\"",
                "\"2026-06-06T12:34:56+99:00\"",
                "{}"
            })
    void ifTheTimeIsInvalidTheDevicesTimeCounts(String timestamp) throws Exception {
        // given
        String event = "{\"timestamp\":" + timestamp + ",\"originalTimestamp\":\"2026-01-01T00:00:00Z\"}";

        // when
        String time = time(event);

        // then
        assertEquals("2026-01-01T00:00:00Z", time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"timestamp\":\"?\",\"originalTimestamp\":true}"})
    void withoutAnyTimeItIsWhenTheEventWasAccepted(String event) throws Exception {
        // given
        // when
        String time = time(event);

        // then
        assertEquals("2026-06-06T12:00:00Z", time);
    }

    @ParameterizedTest
    @CsvSource({
        // sent at 12:00:01 by the device's clock, received at 12:00:03.5 by ours: the device is 2.5 s slow
        "timestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,2026-06-06T12:00:03.500Z,2026-06-06T12:00:01.500Z",
        "originalTimestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,2026-06-06T12:00:03.500Z,2026-06-06T12:00:01.500Z",
        // a clock that is a day fast, in its own time zone
        "timestamp,2026-06-07T13:00:00+01:00,2026-06-07T12:00:10Z,2026-06-06T12:00:10Z,2026-06-06T12:00:00Z",
        // no pair of times to compare
        "timestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,?,2026-06-06T11:59:59Z",
        "timestamp,2026-06-06T11:59:59Z,?,2026-06-06T12:00:03Z,2026-06-06T11:59:59Z",
        // times as numbers
        "timestamp,1780747199,1780747201000,2026-06-06T12:00:03.500Z,2026-06-06T12:00:01.500Z",
    })
    void aDevicesClockIsSetRightByWhenItSaysItSentTheEvent(
            String member, String device, String sentAt, String receivedAt, String expected) throws Exception {
        // given
        String event =
                "{\"%s\":\"%s\",\"sentAt\":\"%s\",\"receivedAt\":\"%s\"}".formatted(member, device, sentAt, receivedAt);

        // when
        String time = time(event);

        // then
        assertEquals(expected, time);
    }

    @ParameterizedTest
    @CsvSource({
        // differs from the device's time: the sender corrected it, or set it itself
        "2026-06-06T11:00:00Z,2026-06-06T11:59:59Z,2026-06-06T11:00:00Z",
        // equals the device's time, so it is not corrected yet
        "2026-06-06T11:59:59Z,2026-06-06T11:59:59Z,2026-06-06T12:00:01.500Z"
    })
    void aTimeThatWasCorrectedBeforeIsNotCorrectedAgain(String timestamp, String original, String expected)
            throws Exception {
        // given
        String event =
                """
                {"timestamp":"%s","originalTimestamp":"%s",
                 "sentAt":"2026-06-06T12:00:01Z","receivedAt":"2026-06-06T12:00:03.500Z"}"""
                        .formatted(timestamp, original);

        // when
        String time = time(event);

        // then
        assertEquals(expected, time);
    }

    @ParameterizedTest
    @CsvSource({
        // a clock that was never set
        "2026-06-06T11:59:59Z,0001-01-01T00:00:00Z,2026-06-06T12:00:03Z",
        "2026-06-06T11:59:59Z,1970-01-01T00:00:00Z,2026-06-06T12:00:03Z",
        "2026-06-06T11:59:59Z,1999-12-31T23:59:59Z,2026-06-06T12:00:03Z",
        "1970-01-01T00:00:10Z,1970-01-01T00:00:20Z,2026-06-06T12:00:03Z",
        // sent before it happened
        "2026-06-06T11:59:59Z,2026-06-06T11:59:58.999Z,2026-06-06T12:00:03Z",
        "2026-06-06T11:59:59Z,2001-01-01T00:00:00Z,2026-06-06T12:00:03Z",
        // an impossible time
        "2026-06-06T11:59:59Z,9999-12-31T00:00:00Z,2026-06-06T12:00:03Z",
        "2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,0001-01-01T00:00:00Z"
    })
    void aClockThatCannotBeRightCorrectsNothing(String device, String sentAt, String receivedAt) throws Exception {
        // given
        String event =
                "{\"timestamp\":\"%s\",\"sentAt\":\"%s\",\"receivedAt\":\"%s\"}".formatted(device, sentAt, receivedAt);

        // when
        String time = time(event);

        // then
        assertEquals(device, time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|false",
                "{\"timestamp\":null}|false",
                "{\"timestamp\":\"2026-06-06\"}|false",
                "{\"timestamp\":\"?\",\"originalTimestamp\":1780749296}|false",
                "{\"timestamp\":0}|true",
                "{\"timestamp\":\"\"}|true",
                "{\"timestamp\":{}}|true",
                "{\"originalTimestamp\":\"?\"}|true",
                "no JSON|false"
            })
    void aTimeThatIsSaidAndCannotBeReadIsUnreadable(String event, boolean isUnreadable) {
        // when // then
        assertEquals(isUnreadable, EventTime.isUnreadable(event.getBytes()));
    }
}
