package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Converts CloudEvents (1.0, HTTP binding) into track events. It reads structured and batched ones, and binary ones,
 * whose attributes are headers {@code ce-…}.
 *
 * <p>The type becomes the event's name. Source and id become its messageId, the time its timestamp, and the data its
 * properties. {@code context.cloudevent} has all attributes.
 *
 * <p>Out: JSON for {@code direct:ingest}. {@code null} replaces a CloudEvent that can't become an event; the {@link
 * Intake} has the reason.
 */
@ApplicationScoped
@Named("readCloudEvents")
public class ReadCloudEvents implements Processor {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String ATTRIBUTE = "ce-";

    /** @throws UnreadableRequest if the body is not JSON, if the attributes are missing, or if one appears twice */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        String mode = message.getHeader(Exchange.CONTENT_TYPE, "", String.class)
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean isStructured = mode.equals(STRUCTURED) || mode.equals(BATCH);
        Map<Integer, String> reasons = new HashMap<>();
        String events = isStructured ? readStructured(body, reasons) : CloudEvent.toEvent(readBinary(message, body));
        Intake.of(exchange).with(reasons).attachTo(exchange);
        message.setBody(events.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns one event or an array of them. A value that is not an object stays as it is. */
    private static String readStructured(byte[] body, Map<Integer, String> reasons) {
        RequestReader.check(body);
        try (JsonParser parser = RequestReader.JSON.createParser(body)) {
            String events;
            if (parser.nextToken() == null) {
                throw UnreadableRequest.malformed("body: empty, expected JSON");
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                StringJoiner array = new StringJoiner(",", "[", "]");
                for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                    array.add(convert(parser, body, index, reasons));
                }
                events = array.toString();
            } else {
                events = convert(parser, body, 0, reasons);
            }
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return events;
        } catch (IOException e) {
            throw RequestReader.unreadable(e);
        }
    }

    private static String convert(JsonParser parser, byte[] body, int index, Map<Integer, String> reasons)
            throws IOException {
        RawFields raw = new RawFields(parser, body);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return raw.value();
        }
        Map<String, String> attributes = raw.fields();
        try {
            if (raw.hasDuplicateKey()) {
                throw UnreadableRequest.malformed("event" + EventReader.DUPLICATE_KEY);
            }
            return CloudEvent.toEvent(attributes);
        } catch (UnreadableRequest e) {
            reasons.put(index, e.getMessage());
            return "null";
        }
    }

    private static Map<String, String> readBinary(Message message, byte[] body) {
        Map<String, String> attributes = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (name.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
                String key = name.substring(ATTRIBUTE.length()).toLowerCase(Locale.ROOT);
                attributes.put(key, CloudEvent.text(headerValue(value)));
            }
        });
        if (!attributes.containsKey("type")) {
            throw UnreadableRequest.malformed("Content-Type: not of a CloudEvent, expected " + STRUCTURED + " or "
                    + BATCH + ", or the attributes as headers such as ce-type");
        }
        attributes.remove(CloudEvent.DATA);
        attributes.remove(CloudEvent.DATA_BASE64);
        if (body != null && body.length > 0) {
            attributes.put(CloudEvent.DATA, CloudEvent.json(body));
        }
        return attributes;
    }

    /**
     * Returns a header's value: unquoted, then percent-decoded (HTTP binding, 3.1.3.2).
     *
     * @param value a list if the header appears more than once
     */
    private static String headerValue(Object value) {
        if (!(value instanceof String text)) {
            throw UnreadableRequest.malformed("ce- headers: one is repeated, expected each once");
        }
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String plain = isQuoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
        try {
            return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return plain;
        }
    }
}
