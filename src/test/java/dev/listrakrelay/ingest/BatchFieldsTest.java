package dev.listrakrelay.ingest;

import static dev.listrakrelay.ingest.Posted.only;
import static dev.listrakrelay.ingest.Posted.raw;
import static dev.listrakrelay.ingest.Posted.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of a batch apply to each of its events, unless the event has its own. */
class BatchFieldsTest {

    private static final String RECEIVED = "\"receivedAt\":\"2025-11-21T10:00:00Z\",";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the batch | an event | the event as it is stored
                "'sentAt':'s' | 'type':'page' | 'sentAt':'s',RECEIVED'type':'page'",
                "'sentAt':'s' | 'type':'page','sentAt':'own' | RECEIVED'type':'page','sentAt':'own'",
                "'sentAt':'s' | 'receivedAt':'own','type':'page' | 'sentAt':'s','receivedAt':'own','type':'page'",
                "'timestamp':'t' | 'type':'page' | 'timestamp':'t','type':'page'",
                "'timestamp':'t' | 'type':'page','timestamp':'own' | 'type':'page','timestamp':'own'",
                "'timestamp':'t' | 'type':'page','originalTimestamp':'own' | 'type':'page','originalTimestamp':'own'",
                "'context':{ 'a' : 1.50 } | 'type':'page' | 'context':{'a':1.50},'type':'page'",
                "'context':{'a':1,'b':2} | 'type':'page','context':{ 'b':3 } | 'type':'page','context':{'a':1, 'b':3 }",
                "'context':{'a':[{}],'b':'x'} | 'type':'page','context':{} | 'type':'page','context':{'a':[{}],'b':'x'}",
                "'context':{'a':1} | 'type':'page','context':{'a':2} | 'type':'page','context':{'a':2}",
                "'context':{'a':1} | 'type':'page','context':null | 'type':'page','context':null",
                "'context':{'\\n\\u0022':1} | 'type':'page' | 'context':{'\\n\\\"':1},'type':'page'",
                "'integrations':{'All':false} | 'context':{},'type':'page','integrations':{'X':true}"
                        + " | 'context':{},'type':'page','integrations':{'All':false,'X':true}",
                "'context':{},'integrations':{'All':true} | 'type':'page'"
                        + " | 'context':{},'integrations':{'All':true},'type':'page'",
                "'sentAt':5,'timestamp':null,'context':null,'userId':'u' | 'type':'page' | 'type':'page'",
                "'context':[ ],'integrations':'x' | 'type':'page' | 'type':'page'",
            })
    void anEventGetsWhatItLacks(String shared, String event, String expected) {
        // given
        String before = json("{" + shared + ",'batch':[{" + event + "}]}");
        String after = json("{'batch':[{" + event + "}]," + shared + "}");

        // when
        Event told = only("batch", before);
        Event toldLast = only("batch", after);

        // then
        assertEquals(json("{" + expected + "}"), raw(told));
        assertEquals(raw(told), raw(toldLast));
    }

    @Test
    void aSingleEventWithSentAtGetsReceivedAt() {
        // when
        Event event = only("track", json("{'event':'E','sentAt':'s'}"));

        // then
        assertEquals("{" + RECEIVED + json("'event':'E','sentAt':'s'}"), raw(event));
    }

    @Test
    void anEventBelongsToTheContactOfItsBatch() {
        // when
        List<Event> events = read(
                        "batch",
                        json(
                                "{'batch':[{'type':'page','context':{'ip':'::1'}},{'type':'page','context':{'traits':{}}}],"
                                        + "'context':{'traits':{'email':'A@example.com'}}}"))
                .events();

        // then
        assertEquals("a@example.com", events.get(0).contact());
        assertEquals(events.get(1).messageId(), events.get(1).contact());
    }

    @Test
    void anEventIsWithinBoundsWithWhatItGetsOrIsRejected() {
        // given
        String context = "{'a':'" + "x".repeat(30_000) + "'}";
        String events = "{'type':'page'},{'type':'page','b':'" + "x".repeat(3_000) + "'},{'type':'dance'}";

        // when
        IntakeResult intake = read("batch", json("{'batch':[" + events + "],'context':" + context + "}"));

        // then
        assertEquals(1, intake.events().size());
        assertEquals(2, intake.rejected().size());
        assertTrue(intake.rejected().get(0).reason().startsWith("event: too large"));
        assertEquals(1, intake.rejected().get(0).index());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[", "{\"a\":1,\"a\":2}},\"batch\":[{\"type\":\"page\"}]}"})
    void aContextThatNoEventMayHaveSpoilsTheRequest(String rest) {
        // when
        UnreadableRequest refused = Posted.unreadable("batch", "{\"context\":{\"c\":" + rest);

        // then
        assertEquals(400, refused.status());
    }

    @Test
    void aContextThatIsTooDeepForAnEventIsRejectedInEachOfThem() {
        // given
        String context = "{\"c\":" + "[".repeat(63) + "]".repeat(63) + "}";

        // when
        IntakeResult intake = read("batch", "{\"context\":" + context + ",\"batch\":[{\"type\":\"page\"}]}");

        // then
        assertEquals(1, intake.rejected().size());
    }

    @Test
    void aContextThatWouldMakeALargeRequestOfASmallOneIsTooLarge() {
        // given
        String event = "{'type':'page'}";
        String batch = json(
                "{'batch':[" + (event + ",").repeat(999) + event + "],'context':{'a':'" + "x".repeat(5_000) + "'}}");

        // when
        UnreadableRequest refused = Posted.unreadable("batch", batch);

        // then
        assertEquals(413, refused.status());
    }

    private static String json(String text) {
        return text.replace("RECEIVED", RECEIVED).replace('\'', '"');
    }
}
