package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a track event of one CloudEvent; {@link ReadCloudEvents} says of what each member comes. */
final class CloudEvent {

    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";

    private static final String NULL = "null";

    private CloudEvent() {}

    /**
     * The event, as JSON.
     *
     * @param members of the CloudEvent, each with its value's JSON
     * @throws UnreadableRequest if its data can't become properties
     */
    static String event(Map<String, String> members) {
        Map<String, String> attributes = new LinkedHashMap<>(members);
        String data = data(attributes.remove(DATA), attributes.remove(DATA_BASE64));
        Map<String, String> event = new LinkedHashMap<>();
        event.put("type", text("track"));
        copy(attributes, "type", event, "event");
        copy(attributes, "time", event, "timestamp");
        String id = string(attributes.get("id"));
        if (id != null) {
            event.put("messageId", text(messageId(string(attributes.get("source")), id)));
        }
        event.put("context", "{\"cloudevent\":{" + JsonInserter.text(attributes) + "}}");
        if (data != null) {
            event.put("properties", data.startsWith("{") ? data : "{\"data\":" + data + "}");
        }
        return "{" + JsonInserter.text(event) + "}";
    }

    private static String data(String data, String base64) {
        if (base64 == null || base64.equals(NULL)) {
            return data;
        }
        if (data != null && !data.equals(NULL)) {
            throw UnreadableRequest.malformed("data_base64: comes beside data, expected one of them");
        }
        try {
            return json(Base64.getDecoder().decode(String.valueOf(string(base64))));
        } catch (IllegalArgumentException | UnreadableRequest e) {
            throw UnreadableRequest.malformed("data_base64: expected JSON in UTF-8, as base64");
        }
    }

    /**
     * The text of a body's one value.
     *
     * @throws UnreadableRequest if it is no JSON
     */
    static String json(byte[] body) {
        RequestReader.check(body);
        try (JsonParser parser = RequestReader.JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                throw UnreadableRequest.malformed("body: empty, expected JSON");
            }
            String json = new RawFields(parser, body).value();
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return json;
        } catch (IOException e) {
            throw RequestReader.unreadable(e);
        }
    }

    /**
     * Two events share it only if source and id are the same, wherever one ends and the other begins: a {@code #} of the
     * source is told from the one between them.
     */
    private static String messageId(String source, String id) {
        String escaped = source == null ? "" : source.replace("\\", "\\\\").replace("#", "\\#");
        return escaped + "#" + id;
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to, String as) {
        if (from.containsKey(name)) {
            to.put(as, from.get(name));
        }
    }

    /** What a JSON text says if it is a string; null if it is anything else. */
    private static String string(String json) {
        if (json == null || !json.startsWith("\"")) {
            return null;
        }
        try (JsonParser parser = RequestReader.JSON.createParser(json)) {
            return parser.nextTextValue();
        } catch (IOException e) {
            throw RequestReader.unreadable(e);
        }
    }

    static String text(String value) {
        return TextNode.valueOf(value).toString();
    }
}
