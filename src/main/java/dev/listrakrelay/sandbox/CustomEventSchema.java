package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Defines the data fields of the sandbox's custom event, and finds fields that Listrak would silently discard. */
final class CustomEventSchema {

    private static final Map<String, String> TYPE_BY_FIELD = new LinkedHashMap<>();

    static {
        add("String", "event_name");
        add("Date", "event_time");
        add("String", "order_id", "currency", "coupon", "product_id", "sku", "name", "brand", "category", "variant");
        add("Double", "revenue", "total", "value", "price", "tax", "shipping", "discount");
        add("Int", "quantity");
        add(
                "String",
                "products",
                "url",
                "path",
                "title",
                "referrer",
                "image_url",
                "cart_id",
                "first_name",
                "last_name");
    }

    private CustomEventSchema() {}

    private static void add(String type, String... fields) {
        for (String field : fields) {
            TYPE_BY_FIELD.put(field, type);
        }
    }

    /** Returns the names of the fields that Listrak would discard, in the order of the event. */
    static List<String> discardedFields(ObjectNode dataFields) {
        return dataFields.properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !TYPE_BY_FIELD.containsKey(field))
                .toList();
    }

    /** Returns one entry of the answer to {@code GET eventConfigurations}; listrak-api.md, section 4. */
    static ObjectNode summary() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventUID", SandboxAccount.EVENT_UID)
                .put("eventName", "Sandbox");
    }

    /** Returns the answer to {@code GET eventConfigurations/{eventUID}}, with the schema. */
    static ObjectNode details() {
        ObjectNode details = summary();
        ObjectNode attributes = details.putObject("eventSchemaAttrs");
        TYPE_BY_FIELD.forEach(attributes::put);
        details.putArray("featureAccess").add("Workflow");
        return details;
    }
}
