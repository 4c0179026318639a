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
    private final TreeMap<Integer, String> places = new TreeMap<>();

    /** @param object UTF-8 JSON of an object with at least one field */
    JsonInserter(byte[] object) {
        this.object = object;
    }

    /** Members as they stand in an object, each with its value's JSON. */
    static String text(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> '"'
                        + new String(JsonStringEncoder.getInstance().quoteAsString(member.getKey()))
                        + "\":"
                        + member.getValue())
                .collect(Collectors.joining(","));
    }

    /** Puts them into the object itself, which lacks them. */
    JsonInserter into(Map<String, String> members) {
        put(1, members, true);
        return this;
    }

    /** Puts those into the object under this name that it lacks; none if that is no object. */
    void into(String name, Map<String, String> members) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean isIt = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.START_OBJECT && isIt) {
                    int place = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    Map<String, String> lacking = new LinkedHashMap<>(members);
                    boolean hasOwn = false;
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        hasOwn = true;
                        lacking.remove(parser.currentName());
                        parser.nextToken();
                        parser.skipChildren();
                    }
                    put(place, lacking, hasOwn);
                    return;
                }
                parser.skipChildren();
            }
        }
    }

    private void put(int place, Map<String, String> members, boolean isFollowed) {
        if (!members.isEmpty()) {
            places.put(place, text(members) + (isFollowed ? "," : ""));
        }
    }

    byte[] bytes() {
        if (places.isEmpty()) {
            return object;
        }
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(object.length + 256);
        int from = 0;
        for (Map.Entry<Integer, String> place : places.entrySet()) {
            spliced.write(object, from, place.getKey() - from);
            spliced.writeBytes(place.getValue().getBytes(StandardCharsets.UTF_8));
            from = place.getKey();
        }
        spliced.write(object, from, object.length - from);
        return spliced.toByteArray();
    }
}
