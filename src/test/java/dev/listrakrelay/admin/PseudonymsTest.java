package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.CaseFile;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingCase;
import dev.listrakrelay.mapping.MappingFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An event with pseudonyms contains no personal data, and the mapping makes the same result of it. */
class PseudonymsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void equalValuesGetEqualPseudonymsOfTheSameForm() throws Exception {
        // given
        ObjectNode event = object(
                """
                {"type":"track","event":"Order Completed","userId":"4711","anonymousId":"7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b",
                 "context":{"traits":{"email":"Ann@Example.org","firstName":"Ann","id":"ann-1"},"ip":"10.1.2.3",
                  "page":{"url":"https://shop.example.com/o/ORD-1042?mail=ann%40example.org"}},
                 "properties":{"order_id":"ORD-1042","email":"ann@example.org","total":129.5,"number":4711,"gift":true,
                  "note":"for bob@example.org and ann@example.org","products":[{"id":"p-1","name":"Red shoe"}],
                  "shipping_address":{"street":"Main St. 12","country":null}}}""");

        // when
        ObjectNode other = new Pseudonyms().of(event);

        // then
        assertEquals(
                object(
                                """
                        {"type":"track","event":"Order Completed","userId":"1001",
                         "anonymousId":"00000000-0000-4000-8000-000000000002",
                         "context":{"traits":{"email":"user1@example.com","firstName":"Xxx","id":"id-3"},"ip":"00.0.0.0",
                          "page":{"url":"https://shop.example.com/o/order-4?mail=user1%40example.com"}},
                         "properties":{"order_id":"order-4","email":"user1@example.com","total":129.5,"number":1001,"gift":true,
                          "note":"for user2@example.com and user1@example.com","products":[{"id":"p-1","name":"Red shoe"}],
                          "shipping_address":{"street":"Xxxx Xx. 00","country":null}}}""")
                        .toString(),
                other.toString());
    }

    @Test
    void aCaseThatIsMadeOfAnEventPasses() throws Exception {
        // given
        Path file = Path.of("routes/mappings/listrak.mapping.yaml");
        Mapping mapping = MappingFile.read(file.toString(), Files.readAllBytes(file));
        ObjectNode order = object(
                """
                {"type":"track","event":"Order Completed","context":{"traits":{"email":"ann@example.org"}},
                 "properties":{"order_id":"1042","revenue":129.99,"note":"yes: \\"no\\"\\n- #1","empty":"","at":"12:30"}}""");

        // when
        String made = AdminEventCase.yaml(made("order", new Pseudonyms().of(order), Optional.empty(), mapping))
                + AdminEventCase.yaml(made("unknown", object("{\"type\":\"screen\"}"), Optional.empty(), mapping))
                + AdminEventCase.yaml(made(
                        "learned",
                        object("{\"type\":\"track\",\"event\":\"Order Completed\"}"),
                        Optional.of("user1@example.com"),
                        mapping));

        // then
        List<MappingCase> cases = CaseFile.read("cases", made.getBytes(StandardCharsets.UTF_8));
        assertEquals(3, cases.size());
        for (MappingCase one : cases) {
            assertEquals(List.of(), one.differences(mapping), made);
        }
        assertEquals(1, cases.get(0).expected().size(), made);
        assertEquals(Optional.of("no_rule"), cases.get(1).dropped(), made);
        assertEquals(1, cases.get(2).expected().size(), made);
    }

    private static MappingCase made(String name, ObjectNode given, Optional<String> learned, Mapping mapping) {
        return new MappingCase(name, given, learned, List.of(), Optional.empty()).withResultsOf(mapping);
    }

    private static ObjectNode object(String json) throws Exception {
        return (ObjectNode) JSON.readTree(json);
    }
}
