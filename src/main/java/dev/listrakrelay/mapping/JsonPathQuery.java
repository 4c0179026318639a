package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.internal.function.PathFunctionFactory;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a JSONPath with wildcards, indexes, predicates or functions, which can find several values. */
record JsonPathQuery(String text, JsonPath path) implements EventPath {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** A path that finds nothing, or can't compare a value, is no failure of the event. */
    private static final Configuration LENIENT = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(MAPPER))
            .mappingProvider(new JacksonMappingProvider(MAPPER))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    /** Texts and regular expressions, whose brackets do not count. */
    private static final Pattern QUOTED =
            Pattern.compile("'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|(?<=~ {0,3})/(?:\\\\.|[^/\\\\])*/");

    /** Jayway creates a function only when it is called, and silently ignores an unknown one. */
    private static final Pattern FUNCTION = Pattern.compile("\\.(\\w+)\\(");

    private static final Pattern BRACKETS = Pattern.compile("[\\[(][^\\[\\]()]*[\\])]");
    private static final String STEP = "\0";
    private static final Pattern UNREAD = Pattern.compile("[\\[\\]()]|\0[^.\0]");

    static EventPath compile(String path) {
        if (!isComplete(path)) {
            throw new InvalidPathException("an open bracket, or text after a closed one");
        }
        FUNCTION.matcher(QUOTED.matcher(path).replaceAll(""))
                .results()
                .forEach(function -> PathFunctionFactory.newFunction(function.group(1)));
        return new JsonPathQuery(path, JsonPath.compile(path));
    }

    /** Whether every bracket is closed and followed by a step. Jayway silently ignores the rest of any other path. */
    private static boolean isComplete(String path) {
        String rest = QUOTED.matcher(path).replaceAll("");
        String previous = "";
        while (!rest.equals(previous)) {
            previous = rest;
            rest = BRACKETS.matcher(previous).replaceAll(STEP);
        }
        return !UNREAD.matcher(rest).find();
    }

    @Override
    public List<JsonNode> values(JsonNode event) {
        JsonNode found = node(find(event));
        if (found == null) {
            return List.of();
        }
        List<JsonNode> values = new ArrayList<>();
        if (path.isDefinite() || !found.isArray()) {
            values.add(found);
        } else {
            found.forEach(values::add);
        }
        return values;
    }

    private Object find(JsonNode event) {
        try {
            return path.read(event, LENIENT);
        } catch (NumberFormatException | ArithmeticException | InvalidPathException e) {
            // Jayway does not suppress these: a predicate over a value without fields, or a number with a huge
            // exponent, such as 1e99999999999
            return null;
        }
    }

    /** Jayway returns a text or a number sometimes as a node, sometimes as a plain Java value. */
    private static JsonNode node(Object found) {
        if (found == null || found instanceof JsonNode) {
            return (JsonNode) found;
        }
        if (found instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? new NumberLiteral(number.toString()) : null;
        }
        return found instanceof Boolean flag ? BooleanNode.valueOf(flag) : TextNode.valueOf(found.toString());
    }
}
