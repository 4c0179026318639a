package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads JSON values as the text they came as, and notices a key that comes twice in one object, at any depth. */
final class RawFields {

    private final JsonParser parser;
    private final byte[] body;
    private boolean hasKeyTwice;

    /** @param body what the parser reads */
    RawFields(JsonParser parser, byte[] body) {
        this.parser = parser;
        this.body = body;
    }

    /** Whether an object of those read so far has a key twice. */
    boolean hasKeyTwice() {
        return hasKeyTwice;
    }

    /** The members of the object at whose start the parser stands, each with its value, in their order. */
    Map<String, String> members() throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            if (members.put(member, value()) != null) {
                hasKeyTwice = true;
            }
        }
        return members;
    }

    /** The value at whose start the parser stands. */
    String value() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    /** Goes to the end of the value at whose start the parser stands. */
    void skip() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Set<String> names = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                hasKeyTwice |= !names.add(parser.currentName());
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
