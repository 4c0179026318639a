package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.spool.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with placeholders under {@code set}, and the warnings of a mapping file. */
class TextTemplateTest {

    private static final Event ORDER = Events.order(
            "{\"order_id\":\"S-1\",\"total\":129.90,\"gift\":true,\"none\":null,\"address\":{\"city\":\"Lancaster\"},\"skus\":[\"a\",\"b\"]}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Order {properties.order_id} of {properties.total} | Order S-1 of 129.90",
                "{properties.order_id}{properties.order_id} | S-1S-1",
                "{$.properties.skus[1]} in {properties.address.city} | b in Lancaster",
                "gift: {properties.gift}, to {properties.address} | gift: true, to {\"city\":\"Lancaster\"}",
                "no placeholder: {{properties.gift}} ${properties.gift} %{properties.gift} {not a path} | no placeholder: {{properties.gift}} ${properties.gift} %{properties.gift} {not a path}",
            })
    void theEventFillsThePlaceholders(String text, String filled) {
        assertEquals(filled, title("'" + text + "'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{properties.none}", "{properties.missing}", "{properties.order_id} {properties.address.zip}"})
    void withoutAValueForAPlaceholderTheFieldIsNotSetOrItsDefaultIs(String text) {
        assertEquals("", title("'" + text + "'"));
        assertEquals("an order", title("{text: '" + text + "', default: an order}"));
    }

    @Test
    void aConstantWithBracesIsSentAsItIs() {
        assertEquals("{properties.order_id}", title("{value: '{properties.order_id}'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{text: plain} | title: no placeholder, expected a text with placeholders such as {properties.order_id}, found plain",
                "'{properties.skus[}' | title: not a path in braces, expected a text with placeholders such as {properties.order_id}, found {properties.skus[}",
                "{text: '{event}', path: $.event} | title: keys exclude each other, expected only one of path, text",
            })
    void aMistakeIsNamed(String value, String mistake) {
        InvalidMapping invalid = assertThrows(InvalidMapping.class, () -> mapping(value));

        assertEquals(
                "test.mapping.yaml: events[0].fields.set." + mistake,
                invalid.mistakes().get(0).replace("title.text", "title"));
    }

    @Test
    void aPlaceholderThatNoEventFillsIsWarnedOf() {
        assertEquals(
                List.of("events[0]: field title: {order_id} is no part of an event, expected one such as"
                        + " {properties.order_id}"),
                mapping("'Order {order_id} of {properties.total}'").warnings());
    }

    @Test
    void aRuleThatAnEarlierOneLeavesNothingIsWarnedOf() {
        // when
        List<String> warnings = Events.mapping(
                        """
                        contact: {email: $.email}
                        events:
                          - {when: {type: track, event: "Order *", where: {path: $.properties.test, is: true}}, drop: test}
                          - {when: {type: track, event: [Order Completed, "Cart *"]}, event_name: a}
                          - {when: {type: track, event: "Order *"}, event_name: b}
                          - {when: {type: track, event: order completed}, event_name: c}
                          - {when: {type: [track, page]}, event_name: d}
                          - {when: {type: page}, event_name: e}
                          - {when: {type: track, event: "Cart *"}, event_name: f}
                        """
                                .replace("email: $.email", "email: [$.email]"))
                .warnings();

        // then
        assertEquals(
                List.of(
                        "events[3]: never matches, because events[1] matches all of its events before it",
                        "events[5]: never matches, because events[4] matches all of its events before it",
                        "events[6]: never matches, because events[1] matches all of its events before it"),
                warnings);
    }

    @Test
    void theRulesThatShipAreNotWarnedOf() throws Exception {
        assertEquals(List.of(), Events.defaultMapping().warnings());
        for (String preset : List.of("default", "ecommerce")) {
            assertEquals(List.of(), Events.mapping("preset: " + preset).warnings());
        }
    }

    private static Mapping mapping(String title) {
        return Events.mapping(
                """
                contact: {email: [$.context.traits.email]}
                events:
                  - when: {type: track}
                    event_name: purchase
                    fields: {only: [], set: {title: %s}}
                """
                        .formatted(title));
    }

    /** The field's value, as text; empty if it is not set. */
    private static String title(String value) {
        try {
            String json = Events.json(Events.map(mapping(value), ORDER));
            return new ObjectMapper()
                    .readTree(json)
                    .path("dataFields")
                    .path("title")
                    .asText("");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
