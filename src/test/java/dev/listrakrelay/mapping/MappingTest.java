package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps events by the rules of a mapping file. */
class MappingTest {

    private static final String OVERLAPPING =
            """
            contact: {email: [$.traits.email]}
            events:
              - {when: {type: track, event: [Bought, Order Completed]}, event_name: first}
              - {when: {type: track}, event_name: second}
              - {when: {type: track, event: Viewed}, event_name: third}
            """;

    /** The expected event is from listrak-api.md, section 2. */
    @Test
    void anOrderBecomesTheEventThatListrakDocuments() throws Exception {
        // given
        Event order = Events.of(
                "track",
                "Order Completed",
                """
                {"type":"track","event":"Order Completed","timestamp":"2026-06-06T12:34:56Z",
                 "context":{"traits":{"email":"user@example.com"}},
                 "properties":{"order_id":"ORD-10428","revenue":129.99,"currency":"USD"}}""");

        // when
        ListrakEvent mapped = (ListrakEvent) Events.map(Events.defaultMapping(), order);

        // then
        assertEquals("user@example.com", mapped.identifiers().get(0).value());
        assertEquals(
                "{\"identifiers\":[{\"identifierType\":\"EmailAddress\",\"identifierValue\":\"user@example.com\"}],"
                        + "\"dataFields\":{\"event_name\":\"purchase\",\"order_id\":\"ORD-10428\",\"revenue\":129.99,"
                        + "\"currency\":\"USD\",\"event_time\":\"2026-06-06T12:34:56Z\"}}",
                Events.json(mapped));
    }

    @ParameterizedTest
    @CsvSource({"BOUGHT,first", "' order completed ',first", "Viewed,second", "'',second"})
    void theFirstRuleThatMatchesWins(String name, String expected) {
        // given
        Mapping mapping = Events.mapping(OVERLAPPING);

        // when
        Rule rule = mapping.match(Events.of("track", name, "{}")).rules().get(0);

        // then
        assertEquals(Optional.of(expected), rule.eventName());
    }

    @Test
    void aTypeWithoutARuleIsDroppedWithoutLookingAtThePayload() {
        // given
        Event page = Events.of("page", "Bought", "not even JSON");

        // when
        MappingResult mapped = Events.map(Events.mapping(OVERLAPPING), page);

        // then
        assertEquals(new DroppedEvent(DroppedEvent.NO_RULE), mapped);
    }

    @Test
    void theColumnsDecideNotThePayload() throws Exception {
        // given
        Event page = Events.of("page", "", "{\"type\":\"track\",\"event\":\"Signed Up\"," + Events.EMAIL + "}");

        // when
        Rule rule = Events.defaultMapping().match(page).rules().get(0);

        // then
        assertEquals(Optional.of("page_view"), rule.eventName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "secret@example.com", "[]", "{\"secret\":", "{\"secret\":nope}", "\"secret\"", "{\"a\":1"})
    void aPayloadThatIsNoObjectFailsWithTheEventsIdAndNoPayload(String raw) throws Exception {
        // given
        Mapping mapping = Events.defaultMapping();
        Event event = Events.of("page", "", raw);

        // when
        MappingFailed failed = assertThrows(MappingFailed.class, () -> mapping.map(event));

        // then
        assertTrue(failed.getMessage().contains("m-1"), failed.getMessage());
        assertFalse(failed.getMessage().contains("secret") || failed.getCause() != null, failed.getMessage());
    }

    @Test
    void theLogTextOfAListrakEventContainsNoAddress() throws Exception {
        // given
        MappingResult mapped = Events.map(Events.defaultMapping(), Events.order("{}"));

        // when
        String text = mapped.toString();

        // then
        assertFalse(text.contains("user"), text);
    }
}
