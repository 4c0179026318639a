package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds one element of Listrak's {@code events} array from an event: the contact's identifiers, the event's name,
 * fields and time. The format is that of Cross Channel v1 (style {@code event}).
 */
final class Transform {
    private static final SerializableString IDENTIFIERS = new SerializedString("identifiers");
    private static final SerializableString IDENTIFIER_TYPE = new SerializedString("identifierType");
    private static final SerializableString IDENTIFIER_VALUE = new SerializedString("identifierValue");
    private static final SerializableString DATA_FIELDS = new SerializedString("dataFields");
    /** Reused for every event of a thread; the result is a copy. */
    private static final ThreadLocal<ByteArrayOutputStream> BUFFER =
            ThreadLocal.withInitial(() -> new ByteArrayOutputStream(4_096));

    private Transform() {}

    static MappingResult apply(Rule.Send rule, Event event, ObjectNode tree, FieldCheck check) {
        List<Identifier> identifiers = rule.contact().identifiers(tree, event);
        Optional<DroppedEvent> missing = rule.contact().missing(identifiers);
        if (missing.isPresent()) {
            return missing.get();
        }
        ByteArrayOutputStream json = BUFFER.get();
        json.reset();
        try (JsonGenerator out = JsonTree.writer(json)) {
            out.writeStartObject();
            writeIdentifiers(out, identifiers);
            out.writeFieldName(DATA_FIELDS);
            out.writeStartObject();
            for (Map.Entry<String, JsonNode> field :
                    dataFields(rule, event, tree, check).properties()) {
                out.writeFieldName(field.getKey());
                JsonTree.write(field.getValue(), out);
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("event " + event.messageId() + ": writing to memory failed", e);
        }
        return new ListrakEvent(identifiers, rule.customEvent(), json.toByteArray(), rule.unknownOutcome());
    }

    private static ObjectNode dataFields(Rule.Send rule, Event event, ObjectNode tree, FieldCheck check) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set(Fields.EVENT_NAME, rule.eventName());
        rule.fields().addTo(fields, tree, check);
        if (!fields.has(Fields.EVENT_TIME)) {
            fields.put(Fields.EVENT_TIME, EventTime.of(tree, event.receivedAt()));
        }
        check.check(rule.customEvent(), fields);
        return fields;
    }

    private static void writeIdentifiers(JsonGenerator out, List<Identifier> identifiers) throws IOException {
        out.writeFieldName(IDENTIFIERS);
        out.writeStartArray();
        for (Identifier identifier : identifiers) {
            out.writeStartObject();
            out.writeFieldName(IDENTIFIER_TYPE);
            out.writeString(identifier.type().listrakName());
            out.writeFieldName(IDENTIFIER_VALUE);
            out.writeString(identifier.value());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
