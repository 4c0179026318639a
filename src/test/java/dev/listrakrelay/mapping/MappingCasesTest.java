package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every example of listrak.cases.yaml against listrak.mapping.yaml. */
class MappingCasesTest {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TestFactory
    Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException {
        Mapping mapping = Events.defaultMapping();
        JsonNode cases = YAML.readTree(Events.resource("/routes/mappings/listrak.cases.yaml"));
        assertTrue(cases.size() >= 10, "cases: too few, expected at least 10, found " + cases.size());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(one.path("case").asText(), () -> check(mapping, one)));
    }

    private static void check(Mapping mapping, JsonNode one) throws IOException {
        // given
        JsonNode given = one.required("given");
        String name = given.path("event").asText(given.path("name").asText(""));

        // when
        Mapped mapped = mapping.map(Events.of(given.required("type").asText(), name, JSON.writeValueAsBytes(given)));

        // then
        if (mapped instanceof Dropped dropped) {
            assertEquals(one.path("dropped").asText("nothing dropped"), dropped.reason());
        } else {
            assertEquals(one.path("expect"), JSON.readTree(((ListrakEvent) mapped).json()));
        }
    }
}
