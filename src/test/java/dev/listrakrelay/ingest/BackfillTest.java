package dev.listrakrelay.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.spool.Event;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events from queues and files may be old. A time that can't be read is never replaced by the current time. */
class BackfillTest {

    private static final String UNREADABLE = EventTime.UNREADABLE;

    private static IntakeResult take(MessageBatch.Unreadable unreadable, String... json) {
        List<MessageBatch.Message> messages = Stream.of(json)
                .map(text -> new MessageBatch.Message("here", text.getBytes(UTF_8)))
                .toList();
        return new MessageBatchReader(Posted.READER, "file", Posted.NOW).read(new MessageBatch(messages, unreadable));
    }

    private static String page(String timestamp) {
        return "{\"type\":\"page\",\"timestamp\":" + timestamp + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"yesterday\"", "\"\"", "\" \"", "\"2021-06-06T12:34:56.029:Z\"", "{}", "[1]", "true", "1e99"})
    void aLineIsReportedAndAMessageIsKeptWithTheReason(String time) {
        // when
        IntakeResult told = take(MessageBatch.Unreadable.REJECT, page("\"2021-06-06\""), page(time));
        IntakeResult kept = take(MessageBatch.Unreadable.DEAD_LETTER, page(time));

        // then
        assertEquals(List.of(new IntakeResult.Rejection(1, UNREADABLE)), told.rejected());
        assertEquals(1, told.events().size());
        assertEquals(Event.UNREADABLE, kept.events().get(0).type());
        assertEquals("here: " + UNREADABLE, kept.events().get(0).name());
    }

    @Test
    void anEventWithoutATimeOrWithOneThatCanBeReadIsTaken() {
        // when
        IntakeResult intake = take(
                MessageBatch.Unreadable.REJECT,
                "{\"type\":\"page\"}",
                page("null"),
                page("1622982896"),
                page("\"yesterday\",\"originalTimestamp\":\"2021-06-06T12:34:56Z\""));

        // then
        assertEquals(List.of(), intake.rejected());
    }

    @Test
    void anEventWithoutATimeGetsTheTimeOfItsBatch() {
        // when
        IntakeResult intake = take(
                MessageBatch.Unreadable.REJECT,
                "{\"timestamp\":\"yesterday\",\"batch\":[{\"type\":\"page\"}]}",
                "{\"timestamp\":{},\"context\":{\"a\":1},\"batch\":[{\"type\":\"page\"}]}",
                "{\"timestamp\":\"yesterday\",\"batch\":[" + page("1622982896") + "]}",
                "{\"timestamp\":1622982896,\"batch\":[{\"type\":\"page\"}]}");

        // then
        assertEquals(
                List.of(new IntakeResult.Rejection(0, UNREADABLE), new IntakeResult.Rejection(1, UNREADABLE)),
                intake.rejected());
        assertTrue(Posted.raw(intake.events().get(1)).contains("\"timestamp\":1622982896"));
    }

    @Test
    void theEmailOfAGroupIsNoContactAndGroupAndAliasTeachNothing() {
        // given
        String own = "\"userId\":\"u-1\",\"context\":{\"traits\":{\"email\":\"Kim@Example.com\"}}";

        // when
        List<Event> events = take(
                        MessageBatch.Unreadable.REJECT,
                        "{\"traits\":{\"email\":\"info@acme.example\"},\"userId\":\"u-1\",\"type\":\"group\"}",
                        "{\"type\":\"group\"," + own + "}",
                        "{\"type\":\"alias\"," + own + "}",
                        "{\"type\":\"identify\"," + own + "}")
                .events();

        // then
        assertEquals(
                List.of("u-1", "kim@example.com", "kim@example.com", "kim@example.com"),
                events.stream().map(Event::contact).toList());
        assertEquals(
                List.of(true, false, false, true),
                events.stream()
                        .map(event -> event.identity().userId().isPresent())
                        .toList());
    }

    @Test
    void aStandInIdIdentifiesNobody() {
        // when
        Event event = take(
                        MessageBatch.Unreadable.REJECT,
                        "{\"type\":\"page\",\"userId\":\" Undefined \",\"anonymousId\":\"\\u00a0\",\"messageId\":\"m-1\"}")
                .events()
                .get(0);

        // then
        assertEquals("m-1", event.contact());
        assertTrue(event.identity().userId().isEmpty());
        assertTrue(event.identity().anonymousId().isEmpty());
    }
}
