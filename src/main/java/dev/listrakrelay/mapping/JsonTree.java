package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Parses JSON into a tree that keeps every number as written, and writes such trees. Jackson's own trees change 1.10
 * to 1.1 and 1e2 to 100.0.
 */
public final class JsonTree {
    /**
     * Accepts every event that the intake accepted, which has checked the bounds. Names come from callers, so they are
     * not interned, and colliding hashes are no reason to fail.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonTree() {}

    /** @throws IOException if the bytes do not begin with a JSON object */
    static ObjectNode read(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            return object(parser);
        }
    }

    static JsonGenerator writer(OutputStream out) throws IOException {
        return JSON.createGenerator(out);
    }

    /** Returns a value as compact JSON text. */
    public static String text(JsonNode value) {
        StringBuilder text = new StringBuilder(256);
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            text.append('{');
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                separate(text, '{');
                quote(member.getKey(), text).append(':');
                append(member.getValue(), text);
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            for (JsonNode element : value) {
                separate(text, '[');
                append(element, text);
            }
            text.append(']');
        } else if (value.isTextual()) {
            quote(value.textValue(), text);
        } else {
            text.append(value.asText());
        }
    }

    private static void separate(StringBuilder text, char opening) {
        if (text.charAt(text.length() - 1) != opening) {
            text.append(',');
        }
    }

    private static StringBuilder quote(String value, StringBuilder text) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, text);
        return text.append('"');
    }

    /** Writes a value that is not an object or array. */
    static void write(JsonNode value, JsonGenerator out) throws IOException {
        switch (value.getNodeType()) {
            case STRING -> out.writeString(value.textValue());
            case NUMBER -> out.writeNumber(value.asText());
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            default -> out.writeNull();
        }
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(SurrogateRepair.repair(name), value(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** Reads the value at the parser's position. */
    public static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> TextNode.valueOf(SurrogateRepair.repair(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberLiteral(parser.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> throw new IOException("no JSON value");
        };
    }
}
