package dev.listrakrelay.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages of a queue and lines of a file: what they tell of whom. */
class BackfillTest {

    private static Intake take(Messages.Unreadable unreadable, String... json) {
        List<Messages.Message> messages = Stream.of(json)
                .map(text -> new Messages.Message("here", text.getBytes(UTF_8)))
                .toList();
        return new MessagesReader(Posted.READER, "file", Posted.NOW).read(new Messages(messages, unreadable));
    }

    @Test
    void theEmailOfAGroupIsNobodysAndGroupAndAliasTeachNothing() {
        // given
        String own = "\"userId\":\"u-1\",\"context\":{\"traits\":{\"email\":\"Kim@Example.com\"}}";

        // when
        List<Event> events = take(
                        Messages.Unreadable.TOLD,
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
    void aStandInIsNobodysId() {
        // when
        Event event = take(
                        Messages.Unreadable.TOLD,
                        "{\"type\":\"page\",\"userId\":\" Undefined \",\"anonymousId\":\"\\u00a0\",\"messageId\":\"m-1\"}")
                .events()
                .get(0);

        // then
        assertEquals("m-1", event.contact());
        assertTrue(event.identity().userId().isEmpty());
        assertTrue(event.identity().anonymousId().isEmpty());
    }
}
