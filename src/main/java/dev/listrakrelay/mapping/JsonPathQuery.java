package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;

/** Asks an event a JSONPath with wildcards, indexes, predicates or functions; it may lead to several texts. */
record JsonPathQuery(JsonPath path) implements EventPath {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What a path doesn't find, or can't compare, is no failure of the event. */
    private static final Configuration LENIENT = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(MAPPER))
            .mappingProvider(new JacksonMappingProvider(MAPPER))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    static EventPath compile(String path) {
        return new JsonPathQuery(JsonPath.compile(path));
    }

    @Override
    public List<String> texts(JsonNode event) {
        Object found = find(event);
        List<String> texts = new ArrayList<>();
        if (found instanceof JsonNode many && many.isArray() && !path.isDefinite()) {
            many.forEach(one -> addText(texts, one));
        } else {
            addText(texts, found);
        }
        return texts;
    }

    private Object find(JsonNode event) {
        try {
            return path.read(event, LENIENT);
        } catch (RuntimeException e) {
            // A predicate over a value that it can't hold, such as 1e99999999999: Jayway suppresses its own only.
            return null;
        }
    }

    /** Jayway hands out a text now as a node, now as a plain String. */
    private static void addText(List<String> texts, Object found) {
        if (found instanceof String text) {
            texts.add(text);
        } else if (found instanceof JsonNode node && node.isTextual()) {
            texts.add(node.textValue());
        }
    }
}
