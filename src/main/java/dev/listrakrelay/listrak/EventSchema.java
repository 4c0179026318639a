package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.mapping.ListrakEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Which fields a custom event has: Listrak silently discards every other one (listrak-api §2, §4).
 *
 * @param types String, Int, Double or Date, by field
 */
public record EventSchema(Map<String, String> types) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads an answer to {@code GET eventConfigurations/{eventUID}}.
     *
     * @throws IOException if it is none
     */
    public static EventSchema read(byte[] answer) throws IOException {
        JsonNode attributes = JSON.readTree(answer).path("data").path("eventSchemaAttrs");
        if (!attributes.isObject()) {
            throw new IOException("expected data.eventSchemaAttrs");
        }
        Map<String, String> types = new LinkedHashMap<>();
        attributes
                .properties()
                .forEach(field -> types.put(field.getKey(), field.getValue().asText()));
        return new EventSchema(types);
    }

    /** The fields of an event that it doesn't have, in the order sent. */
    public List<String> discardedOf(ListrakEvent event) {
        try {
            Iterable<Map.Entry<String, JsonNode>> fields =
                    JSON.readTree(event.json()).path("dataFields").properties();
            return StreamSupport.stream(fields.spliterator(), false)
                    .map(Map.Entry::getKey)
                    .filter(field -> !types.containsKey(field))
                    .toList();
        } catch (IOException impossible) {
            throw new IllegalStateException("a Listrak event is JSON", impossible);
        }
    }
}
