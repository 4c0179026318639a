package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    private static String time(String event) throws Exception {
        ObjectNode tree = JsonTree.read(event.getBytes());
        return EventTime.of(tree, Events.RECEIVED).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-06T12:34:56Z,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56.000Z,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56.78Z,2026-06-06T12:34:56.780Z",
        "2026-06-06T12:34:56.123456789Z,2026-06-06T12:34:56.123456789Z",
        "2026-06-06T14:34:56+02:00,2026-06-06T12:34:56Z",
        "2026-06-05T23:34:56.5-0730,2026-06-06T07:04:56.500Z",
        "2026-06-06T12:34Z,2026-06-06T12:34:00Z",
        "' 2026-06-06T12:34:56Z ',2026-06-06T12:34:56Z"
    })
    void aTimeIsToldInUtc(String timestamp, String expected) throws Exception {
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
                "1780749296",
                "\"\"",
                "\"yesterday\"",
                "\"2026-06-06\"",
                "\"2026-06-06T12:34:56\"",
                "\"2026-02-30T12:34:56Z\"",
                "\"2026-06-06T12:34:56+99:00\"",
                "{}"
            })
    void whatIsNoTimeGivesWayToTheDevicesTime(String timestamp) throws Exception {
        // given
        String event = "{\"timestamp\":" + timestamp + ",\"originalTimestamp\":\"2026-01-01T00:00:00Z\"}";

        // when
        String time = time(event);

        // then
        assertEquals("2026-01-01T00:00:00Z", time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"timestamp\":\"?\",\"originalTimestamp\":5}"})
    void withoutAnyTimeItIsWhenTheEventWasAccepted(String event) throws Exception {
        // given
        // when
        String time = time(event);

        // then
        assertEquals("2026-06-06T12:00:00Z", time);
    }

    @ParameterizedTest
    @CsvSource({
        // sent at 12:00:01 by its clock, received at 12:00:03.5 by ours: it is 2.5 s slow
        "timestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,2026-06-06T12:00:03.500Z,2026-06-06T12:00:01.500Z",
        "originalTimestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,2026-06-06T12:00:03.500Z,2026-06-06T12:00:01.500Z",
        // a clock a day fast, in a zone of its own
        "timestamp,2026-06-07T13:00:00+01:00,2026-06-07T12:00:10Z,2026-06-06T12:00:10Z,2026-06-06T12:00:00Z",
        // nothing to compare with
        "timestamp,2026-06-06T11:59:59Z,2026-06-06T12:00:01Z,?,2026-06-06T11:59:59Z",
        "timestamp,2026-06-06T11:59:59Z,?,2026-06-06T12:00:03Z,2026-06-06T11:59:59Z",
        // beyond all times
        "timestamp,+999999999-12-31T00:00:00Z,0001-01-01T00:00:00Z,2026-06-06T12:00:00Z,+999999999-12-31T00:00:00Z",
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
        // another than the device's: corrected before, or set by hand
        "2026-06-06T11:00:00Z,2026-06-06T11:59:59Z,2026-06-06T11:00:00Z",
        // the same: as the device says
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
}
