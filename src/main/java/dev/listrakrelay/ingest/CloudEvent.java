package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts one CloudEvent into a track event, as {@link ReadCloudEvents} describes. */
final class CloudEvent {

    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";

    private static final String NULL = "null";

    private CloudEvent() {}

    /**
     * Returns the track event as JSON.
     *
     * @param fields the CloudEvent's fields, each with the JSON of its value
     * @throws UnreadableRequest if its data is invalid
     */
    static String toEvent(Map<String, String> fields) {
        Map<String, String> attributes = new LinkedHashMap<>(fields);
        String data = data(attributes.remove(DATA), attributes.remove(DATA_BASE64));
        Map<String, String> event = new LinkedHashMap<>();
        event.put("type", text("track"));
        copy(attributes, "type", event, "event");
        copy(attributes, "time", event, "timestamp");
        String id = string(attributes.get("id"));
        if (id != null) {
            event.put("messageId", text(messageId(string(attributes.get("source")), id)));
        }
        event.put("context", "{\"cloudevent\":{" + JsonInserter.fieldsText(attributes) + "}}");
        if (data != null) {
            event.put("properties", data.startsWith("{") ? data : "{\"data\":" + data + "}");
        }
        return "{" + JsonInserter.fieldsText(event) + "}";
    }

    private static String data(String data, String base64) {
        if (base64 == null || base64.equals(NULL)) {
            return data;
        }
        if (data != null && !data.equals(NULL)) {
            throw UnreadableRequest.malformed("data_base64: used together with data, expected only one of them");
        }
        try {
            return json(Base64.getDecoder().decode(String.valueOf(string(base64))));
        } catch (IllegalArgumentException | UnreadableRequest e) {
            throw UnreadableRequest.malformed("data_base64: invalid, expected base64 of JSON in UTF-8");
        }
    }

    /**
     * Returns the text of the one JSON value in a body.
     *
     * @throws UnreadableRequest if the body is not one JSON value
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
     * Two events get the same messageId only if both source and id are equal. A {@code #} in the source is escaped,
     * because {@code #} separates source and id.
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

    /** Returns the value of a JSON string; null for any other JSON. */
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
