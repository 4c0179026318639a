package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The sandbox Listrak keeps the newest events, limited in number and in size. */
class ReceivedEventsTest {

    private final ReceivedEvents received = new ReceivedEvents(Clock.systemUTC());

    @Test
    void theOldestEventMakesRoomForTheNewest() {
        // given
        for (int order = 0; order < ReceivedEvents.MAX_EVENTS; order++) {
            received.add(order("ORD-" + order));
        }

        // when
        received.add(order("ORD-newest"));

        // then
        ArrayNode newest = received.newest(2 * ReceivedEvents.MAX_EVENTS);
        assertEquals(ReceivedEvents.MAX_EVENTS, newest.size());
        assertEquals("ORD-newest", newest.at("/0/dataFields/order_id").asText());
        assertEquals(
                "ORD-1",
                newest.get(newest.size() - 1).at("/dataFields/order_id").asText());
    }

    @Test
    void largeEventsMakeRoomSoonerSoThatMemoryStaysBounded() {
        // given
        String large = "x".repeat(ReceivedEvents.MAX_CHARS / 4);

        // when
        for (int order = 0; order < 10; order++) {
            received.add(order(large));
        }

        // then
        ArrayNode newest = received.newest(10);
        assertTrue(newest.toString().length() <= ReceivedEvents.MAX_CHARS + 10);
        assertEquals(3, newest.size());
    }

    private static SentEvent order(String orderId) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ArrayNode identifiers = json.arrayNode();
        identifiers.addObject().put("identifierType", "EmailAddress").put("identifierValue", "user@example.com");
        return new SentEvent(identifiers, json.objectNode().put("order_id", orderId));
    }
}
