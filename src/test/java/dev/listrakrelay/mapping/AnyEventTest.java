package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.listrakrelay.spool.Event;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rules that hold for every event in JSON, tested with random events. */
class AnyEventTest {

    /** A mapping that makes fields in every possible way and uses every identifier. */
    private static final Mapping EVERYTHING = Events.mapping(
            """
            match: all
            contact:
              email: [$.context.traits.email, "$..email"]
              phone_number: [$.properties.a]
              mobile_contact_uid: ["$.properties[?(@.b > 1)].a"]
              required: any
            events:
              - when: {type: track}
                event_name: plain
              - when: {type: track, event: "*", where: "$.properties[?(@.a != 5)]"}
                event_name: flat
                fields:
                  from: [$.properties, $.context]
                  nested: flatten
                  except: [b]
                  rename: {a: event_time, c: a}
                  set:
                    x: {path: ["$.properties.a", "$..b"], as: Int}
                    y: {path: $.properties.b, as: Date, default: 0}
                    z: {path: $.properties.c, as: Double}
                    w: {path: $.context, as: String}
                  convert: {a: Double, b: Int, c: Date, a_b: String}
              - when: {type: track, where: {path: $.context, is: [1, x]}, event: [x, "y*"]}
                event_name: rare
              - when: {type: track}
                event_name: item
                split: $.properties.list
                fields: {from: $.item, nested: drop}
              - when: {type: track}
                event_name: match
                split: $.properties.list[*].a
                consent: $.context.consent
            """);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    @Property(tries = 3000)
    void theMapperNeverThrowsAndItsResultIsValidAndHasAnIdentifier(@ForAll("events") String event) throws Exception {
        for (Mapping mapping : List.of(EVERYTHING, Events.defaultMapping(), Events.mapping("preset: ecommerce"))) {
            for (MappingResult mapped : mapping.map(order(event))) {
                if (mapped instanceof ListrakEvent sent) {
                    JsonNode json = STRICT.readTree(sent.json());
                    assertFalse(json.path("identifiers").isEmpty());
                    assertEquals(
                            sent.identifiers().size(), json.path("identifiers").size());
                    json.path("identifiers")
                            .forEach(identifier -> assertFalse(
                                    identifier.path("identifierValue").asText().isBlank()));
                    json.path("dataFields").forEach(field -> assertTrue(field.isValueNode()));
                    assertFalse(
                            json.path("dataFields").path("event_name").asText().isEmpty());
                } else {
                    assertFalse(((DroppedEvent) mapped).reason().isEmpty());
                }
            }
        }
    }

    @Property(tries = 1000)
    void mappingTwiceGivesTheSameBytes(@ForAll("events") String event) {
        List<MappingResult> once = EVERYTHING.map(order(event));
        List<MappingResult> again = EVERYTHING.map(order(event));
        assertEquals(once.size(), again.size());
        for (int i = 0; i < once.size(); i++) {
            if (once.get(i) instanceof ListrakEvent sent) {
                assertArrayEquals(sent.json(), ((ListrakEvent) again.get(i)).json());
            } else {
                assertEquals(once.get(i), again.get(i));
            }
        }
    }

    @Property(tries = 1000)
    void numbersArriveDigitByDigit(@ForAll("numbers") String number) {
        Mapping mapping = Events.mapping(
                """
                contact: {email: [$.email]}
                events:
                  - when: {type: track}
                    event_name: e
                    fields:
                      nested: flatten
                      rename: {r: renamed}
                      set: {copy: $.properties.n, double: {path: $.properties.n, as: Double}, text: {path: $.properties.n, as: String}}
                """);
        String event = "{\"email\":\"a@b.c\",\"properties\":{\"n\":%s,\"r\":%s,\"o\":{\"n\":%s},\"l\":[%s]}}"
                .formatted(number, number, number, number);

        String json = Events.json(mapping.map(order(event)).get(0));

        String expected = "\"renamed\":%s,\"n\":%s,\"o_n\":%s,\"l\":\"[%s]\",\"copy\":%s,\"double\":%s,\"text\":\"%s\""
                .replace("%s", number);
        assertTrue(json.contains(expected), json);
    }

    private static Event order(String json) {
        return Events.of("track", "Order Completed", json);
    }

    @Provide
    Arbitrary<String> events() {
        return AnyJson.events();
    }

    @Provide
    Arbitrary<String> numbers() {
        return AnyJson.numbers();
    }
}
