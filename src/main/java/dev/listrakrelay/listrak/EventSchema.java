package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.mapping.FieldType;
import dev.listrakrelay.mapping.ListrakEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The fields of a custom event and their types. Listrak silently discards every other field (listrak-api §2, §4).
 *
 * @param name the custom event's name in Listrak; empty if Listrak's answer has none
 * @param types the type of each field: String, Int, Double or Date
 * @param isForWorkflow whether journeys may use the custom event: {@code Workflow} in {@code featureAccess}
 */
public record EventSchema(String name, Map<String, String> types, boolean isForWorkflow) {

    static final String UNKNOWN_FIELD = "unknown_field";
    static final String WRONG_TYPE = "wrong_type";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads an answer to {@code GET eventConfigurations/{eventUID}}.
     *
     * @throws IOException if the answer has no schema
     */
    public static EventSchema read(byte[] answer) throws IOException {
        JsonNode data = JSON.readTree(answer).path("data");
        JsonNode attributes = data.path("eventSchemaAttrs");
        if (!attributes.isObject()) {
            throw new IOException("answer without a schema, expected data.eventSchemaAttrs");
        }
        Map<String, String> types = new LinkedHashMap<>();
        attributes
                .properties()
                .forEach(field -> types.put(field.getKey(), field.getValue().asText()));
        boolean isForWorkflow = StreamSupport.stream(data.path("featureAccess").spliterator(), false)
                .anyMatch(feature -> feature.asText().equals("Workflow"));
        return new EventSchema(data.path("eventName").asText(""), types, isForWorkflow);
    }

    /** Returns why the schema does not accept a field with this value, as one word; null if it does. */
    String mismatch(String field, JsonNode value) {
        String type = types.get(field);
        if (type == null) {
            return UNKNOWN_FIELD;
        }
        FieldType known = FieldType.byListrakName(type);
        return known == null || value.isNull() || known.accepts(value) ? null : WRONG_TYPE;
    }

    /** Returns the fields of an event that are not in the schema or have a wrong type, in the order sent. */
    public List<String> discardedOf(ListrakEvent event) {
        try {
            Iterable<Map.Entry<String, JsonNode>> fields =
                    JSON.readTree(event.json()).path("dataFields").properties();
            return StreamSupport.stream(fields.spliterator(), false)
                    .filter(field -> mismatch(field.getKey(), field.getValue()) != null)
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (IOException impossible) {
            throw new IllegalStateException("a Listrak event is JSON", impossible);
        }
    }
}
