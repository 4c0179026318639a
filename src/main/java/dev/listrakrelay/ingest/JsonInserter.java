package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Inserts fields into a JSON object's text, before its own fields, whose bytes do not change. Not thread-safe. */
final class JsonInserter {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] object;
    private final TreeMap<Integer, String> insertions = new TreeMap<>();

    /** @param object UTF-8 JSON of an object with at least one field */
    JsonInserter(byte[] object) {
        this.object = object;
    }

    /** Returns fields as JSON text, separated by commas. Each field's value is JSON already. */
    static String fieldsText(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"'
                        + new String(JsonStringEncoder.getInstance().quoteAsString(field.getKey()))
                        + "\":"
                        + field.getValue())
                .collect(Collectors.joining(","));
    }

    /** Inserts fields that the object does not have. */
    JsonInserter insert(Map<String, String> fields) {
        add(1, fields, true);
        return this;
    }

    /** Inserts the fields that are missing in the object under this name; none if its value is not an object. */
    void insertInto(String name, Map<String, String> fields) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean isTarget = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.START_OBJECT && isTarget) {
                    int position = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    Map<String, String> missing = new LinkedHashMap<>(fields);
                    boolean hasFields = false;
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        hasFields = true;
                        missing.remove(parser.currentName());
                        parser.nextToken();
                        parser.skipChildren();
                    }
                    add(position, missing, hasFields);
                    return;
                }
                parser.skipChildren();
            }
        }
    }

    private void add(int position, Map<String, String> fields, boolean isBeforeField) {
        if (!fields.isEmpty()) {
            insertions.put(position, fieldsText(fields) + (isBeforeField ? "," : ""));
        }
    }

    /** Returns the object with the inserted fields, as UTF-8. */
    byte[] bytes() {
        if (insertions.isEmpty()) {
            return object;
        }
        ByteArrayOutputStream result = new ByteArrayOutputStream(object.length + 256);
        int from = 0;
        for (Map.Entry<Integer, String> insertion : insertions.entrySet()) {
            result.write(object, from, insertion.getKey() - from);
            result.writeBytes(insertion.getValue().getBytes(StandardCharsets.UTF_8));
            from = insertion.getKey();
        }
        result.write(object, from, object.length - from);
        return result.toByteArray();
    }
}
