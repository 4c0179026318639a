package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads JSON values as the text that the sender wrote, and finds duplicate keys at any depth. */
final class RawFields {

    private final JsonParser parser;
    private final byte[] body;
    private boolean hasDuplicateKey;

    /** @param body the bytes that the parser reads */
    RawFields(JsonParser parser, byte[] body) {
        this.parser = parser;
        this.body = body;
    }

    /** Whether any object read so far has a duplicate key. */
    boolean hasDuplicateKey() {
        return hasDuplicateKey;
    }

    /** Reads the object at the parser's position: name → JSON of its value, in the sender's order. */
    Map<String, String> fields() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (fields.put(field, value()) != null) {
                hasDuplicateKey = true;
            }
        }
        return fields;
    }

    /** Reads the value at the parser's position. */
    String value() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    /** Skips the value at the parser's position. */
    void skip() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Set<String> names = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                hasDuplicateKey |= !names.add(parser.currentName());
                parser.nextToken();
                skip();
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                skip();
            }
        }
    }
}
