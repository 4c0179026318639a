package dev.listrakrelay.ingest;

import static dev.listrakrelay.ingest.Posted.NOW;
import static dev.listrakrelay.ingest.Posted.PAGE;
import static dev.listrakrelay.ingest.Posted.batch;
import static dev.listrakrelay.ingest.Posted.only;
import static dev.listrakrelay.ingest.Posted.raw;
import static dev.listrakrelay.ingest.Posted.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a request gives each event byte for byte, with its id, type, name and contact. */
class RequestReaderTest {

    @Test
    void eachEventOfABatchIsKeptByteForByte() {
        // given
        String odd =
                "{ \"type\" : \"track\",\n\t\"event\":\"Größe \\u00e9 😀\", \"n\":1.50e+3, \"s\":\"\\/\\\"}],{\" }";

        // when
        IntakeResult intake = read(
                "batch", "{\"writeKey\":\"x\", \"batch\" :[ " + odd + " ,\r\n" + PAGE + "\t] ,\"more\":{\"a\":[]}}");

        // then
        assertEquals(
                List.of(odd, PAGE), intake.events().stream().map(Posted::raw).toList());
        assertEquals("Größe é 😀", intake.events().get(0).name());
        assertEquals(List.of(), intake.rejected());
    }

    @Test
    void anEventIsKeptByteForByteBehindAByteOrderMark() {
        // given
        String body = "\uFEFF[" + PAGE + ", " + PAGE + "]";

        // when
        IntakeResult intake = read("events", body);

        // then
        assertEquals(
                List.of(PAGE, PAGE), intake.events().stream().map(Posted::raw).toList());
    }

    @Test
    void anArrayOrOneEventCanBePostedAsEvents() {
        // when
        IntakeResult array = read("events", "[" + PAGE + "]");
        IntakeResult one = read("events", " " + PAGE + "\n");

        // then
        assertEquals(PAGE, raw(array.events().get(0)));
        assertEquals(PAGE, raw(one.events().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "page", "screen", "identify", "group", "alias"})
    void theTypeIsTheCallAndElseTheMember(String type) {
        // when
        Event called = only(type, "{\"event\":\"E\",\"type\":\"other\"}");
        Event told = only("events", "{\"event\":\"E\",\"type\":\"" + type + "\"}");

        // then
        assertEquals(type, called.type());
        assertEquals(type, told.type());
    }

    @Test
    void theNameIsTheEventOfATrackAndTheNameOfAPage() {
        // when
        Event track = only("track", "{\"event\":\" Order Completed \",\"name\":\"no\"}");
        Event page = only("page", "{\"event\":\"no\",\"name\":\"Home\"}");
        Event identify = only("identify", "{}");

        // then
        assertEquals(List.of("Order Completed", "Home", ""), List.of(track.name(), page.name(), identify.name()));
    }

    @Test
    void theMessageIdIsTheOneGiven() {
        // when
        Event text = only("page", "{\"messageId\":\" m-1 \"}");
        Event number = only("page", "{\"messageId\":17}");

        // then
        assertEquals("m-1", text.messageId());
        assertEquals("17", number.messageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messageId\":null}", "{\"messageId\":\"\"}", "{\"messageId\":\"  \"}"})
    void anEventWithoutAMessageIdGetsANewOne(String body) {
        // when
        Event first = only("page", body);
        Event second = only("page", body);

        // then
        assertEquals(first.messageId(), UUID.fromString(first.messageId()).toString());
        assertNotEquals(first.messageId(), second.messageId());
        assertEquals(first.messageId(), first.contact());
        assertEquals(body, raw(first));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ann@example.com | {'userId':'u','anonymousId':'a','traits':{'email':' Ann@Example.COM '}}",
                "ann@example.com | {'properties':{'email':'bob@example.com'},'context':{'traits':{'email':'ann@example.com'}}}",
                "ann@example.com | {'context':{'traits':{'email':'ann@example.com'}},'properties':{'email':'bob@example.com'}}",
                "ann@example.com | {'context':{'traits':{'email':'none'}},'properties':{'email':'ann@example.com'}}",
                "u | {'userId':'u','anonymousId':'a','traits':{'email':''}}",
                "u | {'userId':'u','anonymousId':'a','traits':{'email':7},'email':'ann@example.com'}",
                "u | {'userId':'u','anonymousId':'a','traits':[],'x':{'traits':{'email':'b@example.com'}}}",
                "12 | {'userId':12,'anonymousId':'a'}",
                "a | {'userId':null,'anonymousId':'a'}",
                "a | {'userId':' ','anonymousId':'a'}",
                "m | {'messageId':'m'}",
            })
    void theContactIsTheAddressElseTheUserElseTheAnonymousElseTheMessage(String contact, String event) {
        // when
        Event read = only("page", event.replace('\'', '"'));

        // then
        assertEquals(contact, read.contact());
    }

    @Test
    void anEventKnowsWhoTookItAndWhenAndHasNoPlaceYet() {
        // when
        Event event = only("page", PAGE);

        // then
        assertEquals("rest", event.source());
        assertEquals(NOW, event.receivedAt());
        assertEquals(0, event.seq());
    }

    @Test
    void thePlaceOfARejectedEventIsItsPlaceInTheBatch() {
        // when
        IntakeResult intake = batch(PAGE, "{}", PAGE, "7", "[[1],{}]", PAGE, "null", "\"page\"");

        // then
        assertEquals(3, intake.events().size());
        assertEquals(
                List.of(1, 3, 4, 6, 7),
                intake.rejected().stream().map(IntakeResult.Rejection::index).toList());
    }

    @Test
    void aBatchBesideAWriteKeyAndOtherMembersIsFound() {
        // given
        String body = "{\"writeKey\":\"k\",\"other\":{\"batch\":[1]},\"batch\":[" + PAGE + "],\"sentAt\":null}";

        // when
        IntakeResult intake = read("batch", body.getBytes(StandardCharsets.UTF_8));

        // then
        assertEquals(PAGE, raw(intake.events().get(0)));
        assertEquals(1, intake.size());
    }
}
