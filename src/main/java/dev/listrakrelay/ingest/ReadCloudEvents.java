package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes track events of CloudEvents (1.0, HTTP binding): structured, in batches, or binary, with attributes in headers
 * {@code ce-…}. The type becomes the event's name, source and id its messageId, the time its timestamp, the data its
 * properties; all attributes stay in {@code context.cloudevent}.
 */
@ApplicationScoped
@Named("readCloudEvents")
public class ReadCloudEvents implements Processor {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String ATTRIBUTE = "ce-";
    private static final String DATA = "data";

    /** @throws UnreadableRequest if the body is no JSON */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        String mode = message.getHeader(Exchange.CONTENT_TYPE, "", String.class)
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean isStructured = mode.equals(STRUCTURED) || mode.equals(BATCH);
        String events = isStructured ? structured(body) : event(binary(message, body));
        message.setBody(events.getBytes(StandardCharsets.UTF_8));
    }

    /** One event, or an array of them; what is none stays what it is. */
    private static String structured(byte[] body) {
        return read(body, parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return one(parser, body);
            }
            StringJoiner events = new StringJoiner(",", "[", "]");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                events.add(one(parser, body));
            }
            return events.toString();
        });
    }

    private static String one(JsonParser parser, byte[] body) throws IOException {
        return parser.currentToken() == JsonToken.START_OBJECT
                ? event(RawMembers.of(parser, body))
                : RawMembers.value(parser, body);
    }

    private static Map<String, String> binary(Message message, byte[] body) {
        Map<String, String> members = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (name.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
                String attribute = name.substring(ATTRIBUTE.length()).toLowerCase(Locale.ROOT);
                members.put(attribute, text(decoded(String.valueOf(value))));
            }
        });
        if (!members.containsKey("type")) {
            throw UnreadableRequest.malformed("Content-Type: expected " + STRUCTURED + " or " + BATCH
                    + ", or a header ce-type and the other attributes beside it");
        }
        members.remove(DATA);
        if (body != null && body.length > 0) {
            members.put(DATA, read(body, parser -> RawMembers.value(parser, body)));
        }
        return members;
    }

    /** A header's value; what stands for other characters is a percent sign and their bytes in UTF-8. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    /** @param members of a CloudEvent, each with its value's JSON */
    private static String event(Map<String, String> members) {
        Map<String, String> attributes = new LinkedHashMap<>(members);
        String data = attributes.remove(DATA);
        Map<String, String> event = new LinkedHashMap<>();
        event.put("type", text("track"));
        copy(attributes, "type", event, "event");
        copy(attributes, "time", event, "timestamp");
        if (attributes.getOrDefault("id", "").startsWith("\"")) {
            event.put("messageId", messageId(attributes));
        }
        event.put("context", "{\"cloudevent\":{" + Splice.text(attributes) + "}}");
        if (data != null) {
            event.put("properties", data.startsWith("{") ? data : "{\"data\":" + data + "}");
        }
        return "{" + Splice.text(event) + "}";
    }

    /** Two events of one source never share an id, those of two sources may. */
    private static String messageId(Map<String, String> attributes) {
        String source = attributes.getOrDefault("source", "");
        String id = attributes.get("id");
        return source.startsWith("\"") ? source.substring(0, source.length() - 1) + "#" + id.substring(1) : id;
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to, String as) {
        if (from.containsKey(name)) {
            to.put(as, from.get(name));
        }
    }

    private static String text(String value) {
        return TextNode.valueOf(value).toString();
    }

    /** Something that reads a body's one value. */
    private interface Reading {
        String read(JsonParser parser) throws IOException;
    }

    private static String read(byte[] body, Reading reading) {
        RequestReader.check(body);
        try (JsonParser parser = RequestReader.JSON.createParser(body)) {
            parser.nextToken();
            String read = reading.read(parser);
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return read;
        } catch (IOException e) {
            throw UnreadableRequest.malformed("body: not JSON");
        }
    }
}
