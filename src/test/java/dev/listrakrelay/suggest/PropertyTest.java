package dev.listrakrelay.suggest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which properties match a field, and which are never looked at. */
class PropertyTest {

    private static final Set<List<String>> PROPERTIES = Set.of(List.of("properties"));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    order_id, {'order_id': 1},               $.properties.order_id EXACT
                    order_id, {'orderId': 1},                $.properties.orderId SAME_WORDS
                    order_id, {'OrderID': 1},                $.properties.OrderID SAME_WORDS
                    order_id, {'ORDER_ID': 1},               $.properties.ORDER_ID SAME_WORDS
                    order_id, {'order-id': 1},               $.properties.order-id SAME_WORDS
                    order_id, {'Order ID': 1},               $.properties['Order ID'] SAME_WORDS
                    order_id, {'order.id': 1},               $.properties['order.id'] SAME_WORDS
                    orderId,  {'order_id': 1},               $.properties.order_id SAME_WORDS
                    Order Id, {'order_id': 1},               $.properties.order_id SAME_WORDS
                    größe,    {'Größe': 1},                  $.properties.Größe SAME_WORDS
                    order_id, {'order': {'id': 1}},          $.properties.order.id WHOLE_PATH
                    order_id, {'a': {'b': {'orderId': 1}}},  $.properties.a.b.orderId LAST_NAME
                    order_id, {'orders': 1},                 ""
                    order_id, {'order_id': null},            ""
                    order_id, {'order': {'id': [1]}},        ""
                    order_id, {'list': [{'orderId': 1}]},    ""
                    order_id, {'a@b.co': {'orderId': 1}},    ""
                    order_id, {'it''s': {'orderId': 1}},     ""
                    order_id, {'a': {'b': {'c': {'d': {'orderId': 1}}}}}, ""
                    __,       {'--': 1},                     ""
                    """)
    void aPropertyMatchesAFieldOfTheSameWords(String field, String properties, String expected) throws Exception {
        // given
        String json = properties.replace("''", "\u0001").replace('\'', '"').replace("\u0001", "'");
        JsonNode event = new ObjectMapper().readTree("{\"properties\":" + json + "}");

        // when
        String found = new EventProperties(event, PROPERTIES)
                .like(field).stream()
                        .map(property -> property.path() + " " + property.match(field))
                        .reduce("", (before, next) -> before + next);

        // then
        assertEquals(expected, found);
    }

    @Test
    void onlyThreeHundredPropertiesAreLookedAt() {
        // given
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        for (int i = 1; i <= 301; i++) {
            properties.put("p" + i, i);
        }
        JsonNode event = JsonNodeFactory.instance.objectNode().set("properties", properties);

        // when
        EventProperties found = new EventProperties(event, PROPERTIES);

        // then
        assertEquals(1, found.like("P300").size());
        assertEquals(0, found.like("P301").size());
    }
}
