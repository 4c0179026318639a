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
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every event that is JSON, whatever is in it. */
class AnyEventTest {

    /** Every way there is to make a field, and every identifier. */
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
    void theMapperNeverThrowsAndWhatItSendsIsWholeAndHasAnIdentifier(@ForAll("events") String event) throws Exception {
        for (Mapping mapping : List.of(EVERYTHING, Events.defaultMapping(), Events.mapping("preset: ecommerce"))) {
            for (Mapped mapped : mapping.map(order(event))) {
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
                    assertFalse(((Dropped) mapped).reason().isEmpty());
                }
            }
        }
    }

    @Property(tries = 1000)
    void mappingTwiceGivesTheSameBytes(@ForAll("events") String event) {
        List<Mapped> once = EVERYTHING.map(order(event));
        List<Mapped> again = EVERYTHING.map(order(event));
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

    /** Objects whose members are now and then what a mapping looks for. */
    @Provide
    Arbitrary<String> events() {
        Arbitrary<String> value = value(4);
        Arbitrary<String> email = Arbitraries.of("\"a@b.c\"", "\" A@B.C \"", "\"\"", "null", "7", "{}", "[\"x@y.z\"]");
        Arbitrary<String> traits = email.map(address -> "{\"traits\":{\"email\":" + address + "},\"consent\":true}");
        return Arbitraries.maps(
                        Arbitraries.of("properties", "context", "timestamp", "email", "traits", "item", "event"),
                        Arbitraries.frequencyOf(Tuple.of(4, value), Tuple.of(2, traits)))
                .ofMaxSize(6)
                .map(AnyEventTest::object);
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> whole = Arbitraries.strings()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(digits -> {
                    String bare = digits.replaceFirst("^0+(?=.)", "");
                    return bare;
                });
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30).map(digits -> "." + digits);
        Arbitrary<String> exponent = Arbitraries.of("", "e5", "E+2", "e-9", "e400", "e99999999999", "E-0");
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction.optional(0.5), exponent)
                .as((sign, digits, after, power) -> sign + digits + after.orElse("") + power);
    }

    private Arbitrary<String> value(int depth) {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(8).map(AnyEventTest::quoted);
        Arbitrary<String> scalar = Arbitraries.oneOf(
                text,
                numbers(),
                Arbitraries.of(
                        "true",
                        "false",
                        "null",
                        "\"2026-06-06T12:34:56Z\"",
                        "\"+14155550123\"",
                        "\"\\ud800\"",
                        "\"12.50\"",
                        "1780749296"));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> value(depth - 1));
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "list", "email", "event_name", "event_time", "a_b", "");
        Arbitrary<String> object = Arbitraries.maps(names, inner).ofMaxSize(5).map(AnyEventTest::object);
        Arbitrary<String> list = inner.list().ofMaxSize(4).map(items -> "[" + String.join(",", items) + "]");
        return Arbitraries.frequencyOf(Tuple.of(3, scalar), Tuple.of(3, object), Tuple.of(1, list));
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
        return quoted.append('"').toString();
    }
}
