package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the events of a posted body, or rejects the whole body, by the rules of listrak-api.md, sections 2 and 3. */
final class EventRequestCheck {

    /** Limit of a whole request, including headers. */
    static final int MAX_BYTES = 1_000_000;

    private static final Set<String> IDENTIFIER_TYPES = Set.of("EmailAddress", "PhoneNumber", "MobileContactUid");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private EventRequestCheck() {}

    /** Reads a request of style {@code event}, whose body has the company id and the event UID. */
    static List<SentEvent> eventStyle(byte[] body) {
        ObjectNode request = parse(body);
        JsonNode eventUid = request.path("eventUid");
        JsonNode companyId = request.path("companyId");
        expect(eventUid.isTextual(), "eventUid", "a string", eventUid);
        expect(companyId.isIntegralNumber(), "companyId", "a whole number", companyId);
        checkEventUid(eventUid.asText());
        if (!companyId.canConvertToInt() || companyId.asInt() != SandboxAccount.COMPANY_ID) {
            throw new ListrakError(404, "companyId: unknown company, expected " + SandboxAccount.COMPANY_ID);
        }
        return events(request);
    }

    /** Reads a request of style {@code event-configurations}, whose path has the event UID. */
    static List<SentEvent> eventConfigurationsStyle(String eventUid, byte[] body) {
        checkEventUid(eventUid);
        return events(parse(body));
    }

    static void checkEventUid(String eventUid) {
        if (!SandboxAccount.EVENT_UID.equalsIgnoreCase(eventUid)) {
            throw new ListrakError(404, "eventUid: unknown custom event, expected " + SandboxAccount.EVENT_UID);
        }
    }

    private static ObjectNode parse(byte[] body) {
        JsonNode request;
        try {
            request = JSON.readTree(body);
        } catch (IOException malformed) {
            throw new ListrakError(400, "body: malformed, expected one JSON object");
        }
        expect(request.isObject(), "body", "one JSON object", request);
        return (ObjectNode) request;
    }

    private static List<SentEvent> events(ObjectNode request) {
        JsonNode sent = request.path("events");
        expect(sent.isArray() && !sent.isEmpty(), "events", "at least one event", sent);
        List<SentEvent> events = new ArrayList<>();
        for (JsonNode event : sent) {
            events.add(event("events[" + events.size() + "]", event));
        }
        return events;
    }

    private static SentEvent event(String where, JsonNode event) {
        expect(event.isObject(), where, "an object", event);
        JsonNode identifiers = event.path("identifiers");
        expect(
                identifiers.isArray() && !identifiers.isEmpty(),
                where + ".identifiers",
                "at least one identifier",
                identifiers);
        for (int i = 0; i < identifiers.size(); i++) {
            identifier(where + ".identifiers[" + i + "]", identifiers.get(i));
        }
        return new SentEvent((ArrayNode) identifiers, dataFields(where + ".dataFields", event.path("dataFields")));
    }

    private static void identifier(String where, JsonNode identifier) {
        expect(identifier.isObject(), where, "an object", identifier);
        JsonNode type = identifier.path("identifierType");
        JsonNode value = identifier.path("identifierValue");
        expect(
                type.isTextual() && IDENTIFIER_TYPES.contains(type.asText()),
                where + ".identifierType",
                "one of EmailAddress, PhoneNumber, MobileContactUid",
                type);
        expect(value.isTextual() && !value.asText().isBlank(), where + ".identifierValue", "a non-empty string", value);
    }

    private static ObjectNode dataFields(String where, JsonNode dataFields) {
        if (dataFields.isMissingNode()) {
            return JSON.createObjectNode();
        }
        expect(dataFields.isObject(), where, "an object", dataFields);
        for (Map.Entry<String, JsonNode> field : dataFields.properties()) {
            expect(
                    !field.getValue().isContainerNode(),
                    where + "." + field.getKey(),
                    "a string, number or boolean (a nested value as a string that holds its JSON)",
                    field.getValue());
        }
        return (ObjectNode) dataFields;
    }

    private static void expect(boolean isMet, String where, String expected, JsonNode found) {
        if (!isMet) {
            throw new ListrakError(400, where + ": expected " + expected + ", found " + kind(found));
        }
    }

    private static String kind(JsonNode found) {
        return switch (found.getNodeType()) {
            case MISSING -> "nothing";
            case OBJECT -> "an object";
            case ARRAY -> found.isEmpty() ? "an empty array" : "an array";
            case STRING -> found.asText().isBlank() ? "an empty string" : "a different string";
            case NULL -> "null";
            case BOOLEAN -> "a boolean";
            default -> "a number";
        };
    }
}
