package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Builds one element of Listrak's {@code events} array from an event: the contact's address, the custom event's name,
 * every property, the time. Shape after Cross Channel v1 (style {@code event}); a nested value becomes a string that
 * holds its JSON, because a data field can't nest.
 */
final class Transform {
    private static final String EVENT_NAME = "event_name";
    private static final String EVENT_TIME = "event_time";
    private static final SerializableString IDENTIFIERS = new SerializedString("identifiers");
    private static final SerializableString IDENTIFIER_TYPE = new SerializedString("identifierType");
    private static final SerializableString EMAIL_ADDRESS = new SerializedString("EmailAddress");
    private static final SerializableString IDENTIFIER_VALUE = new SerializedString("identifierValue");
    private static final SerializableString DATA_FIELDS = new SerializedString("dataFields");
    private static final SerializableString NAME_FIELD = new SerializedString(EVENT_NAME);
    private static final SerializableString TIME_FIELD = new SerializedString(EVENT_TIME);
    /** Room for what is not in the event: identifier, name, time. */
    private static final int OWN_BYTES = 256;

    private final ContactEmail contactEmail;

    Transform(ContactEmail contactEmail) {
        this.contactEmail = contactEmail;
    }

    Mapped apply(Event event, Rule rule) {
        ObjectNode tree = read(event);
        Optional<String> email = contactEmail.in(tree);
        if (email.isEmpty()) {
            return new Dropped(Dropped.NO_EMAIL);
        }
        String time = EventTime.of(tree, event.receivedAt());
        ByteArrayOutputStream json = new ByteArrayOutputStream(event.raw().length + OWN_BYTES);
        try (JsonGenerator out = JsonTree.writer(json)) {
            out.writeStartObject();
            writeIdentifier(out, email.get());
            out.writeFieldName(DATA_FIELDS);
            writeDataFields(out, rule, tree.path("properties"), time);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("event " + event.messageId() + ": writing to memory failed", e);
        }
        return new ListrakEvent(email.get(), json.toByteArray());
    }

    private static ObjectNode read(Event event) {
        try {
            return JsonTree.read(event.raw());
        } catch (IOException e) {
            throw new MappingFailed(event.messageId());
        }
    }

    private static void writeIdentifier(JsonGenerator out, String email) throws IOException {
        out.writeFieldName(IDENTIFIERS);
        out.writeStartArray();
        out.writeStartObject();
        out.writeFieldName(IDENTIFIER_TYPE);
        out.writeString(EMAIL_ADDRESS);
        out.writeFieldName(IDENTIFIER_VALUE);
        out.writeString(email);
        out.writeEndObject();
        out.writeEndArray();
    }

    private static void writeDataFields(JsonGenerator out, Rule rule, JsonNode properties, String time)
            throws IOException {
        out.writeStartObject();
        out.writeFieldName(NAME_FIELD);
        out.writeString(rule.eventNameAsJson());
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!property.getKey().equals(EVENT_NAME) && !property.getKey().equals(EVENT_TIME)) {
                out.writeFieldName(property.getKey());
                writeValue(out, property.getValue());
            }
        }
        out.writeFieldName(TIME_FIELD);
        out.writeString(time);
        out.writeEndObject();
    }

    private static void writeValue(JsonGenerator out, JsonNode value) throws IOException {
        if (value.isContainerNode()) {
            out.writeString(JsonTree.text(value));
        } else {
            JsonTree.write(value, out);
        }
    }
}
