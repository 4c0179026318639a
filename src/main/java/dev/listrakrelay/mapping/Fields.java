package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the fields of a custom event from an event. If two fields get the same name, one under {@code set} wins, then
 * one under {@code rename}, then the first.
 *
 * @param from the objects whose fields are copied; null: not set
 * @param only the fields that are copied; null: all
 * @param except the fields that are not copied; null: none
 * @param rename old name → new name of copied fields
 * @param nested how objects and lists are sent; null: not set
 * @param set the fields that the rule adds
 * @param convert field name → type; a value that can't be converted is left out
 */
public record Fields(
        List<EventPath> from,
        Set<String> only,
        Set<String> except,
        Map<String, String> rename,
        NestedValue nested,
        Map<String, FieldSource> set,
        Map<String, FieldType> convert) {

    public static final String EVENT_NAME = "event_name";
    public static final String EVENT_TIME = "event_time";

    /** No key is set. */
    static final Fields UNSET = new Fields(null, null, null, Map.of(), null, Map.of(), Map.of());

    /** All properties unchanged, with objects and lists as JSON. */
    static final Fields DEFAULT = new Fields(
            List.of(EventPath.compile("$.properties")), null, Set.of(), Map.of(), NestedValue.JSON, Map.of(), Map.of());

    /** Returns these fields, with those of the base for each key that is not set. Renames, sets and conversions are merged. */
    Fields overriding(Fields base) {
        boolean selects = only != null || except != null;
        return new Fields(
                from == null ? base.from : from,
                selects ? only : base.only,
                selects ? except : base.except,
                merged(base.rename, rename),
                nested == null ? base.nested : nested,
                merged(base.set, set),
                merged(base.convert, convert));
    }

    /** Returns the constants and defaults that are texts, by the names of their fields. */
    Map<String, String> constantTexts() {
        Map<String, String> constantTexts = new LinkedHashMap<>();
        set.forEach((name, source) -> {
            if (source.fallback() != null && source.fallback().isTextual()) {
                constantTexts.put(name, source.fallback().textValue());
            }
        });
        return constantTexts;
    }

    /** Returns the texts with placeholders, by the names of their fields. */
    Map<String, TextTemplate> templates() {
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        set.forEach((name, source) -> {
            if (source.paths().size() == 1 && source.paths().get(0) instanceof TextTemplate template) {
                templates.put(name, template);
            }
        });
        return templates;
    }

    private static <V> Map<String, V> merged(Map<String, V> base, Map<String, V> overrides) {
        Map<String, V> merged = new LinkedHashMap<>(base);
        merged.putAll(overrides);
        return merged;
    }

    /** Returns the fields that the rule names, each once, with the name and time that each event has. */
    List<DeclaredField> declared(TextNode eventName) {
        Map<String, DeclaredField> declared = new LinkedHashMap<>();
        declared.put(EVENT_NAME, new DeclaredField(EVENT_NAME, true, null, eventName));
        declared.put(EVENT_TIME, new DeclaredField(EVENT_TIME, true, FieldType.DATE, null));
        convert.forEach((name, type) -> declared.put(name, new DeclaredField(name, false, type, null)));
        rename.values().forEach(name -> declared.put(name, new DeclaredField(name, true, convert.get(name), null)));
        set.forEach((name, source) -> {
            FieldType type = convert.containsKey(name) ? convert.get(name) : source.as();
            boolean isConstant = source.paths().isEmpty() && !convert.containsKey(name);
            declared.put(name, new DeclaredField(name, true, type, isConstant ? source.fallback() : null));
        });
        return List.copyOf(declared.values());
    }

    /**
     * Adds the fields. Fields that are already present stay.
     *
     * @param check receives each value that can't be converted
     */
    void addTo(ObjectNode fields, JsonNode event, FieldCheck check) {
        for (EventPath path : from) {
            JsonNode object = path.value(event);
            if (object != null && object.isObject()) {
                copy((ObjectNode) object, fields, check);
            }
        }
        for (Map.Entry<String, FieldSource> field : set.entrySet()) {
            JsonNode value = field.getValue().valueIn(event, field.getKey(), check);
            if (value != null) {
                fields.remove(field.getKey());
                put(field.getKey(), value, fields, check);
            }
        }
    }

    private void copy(ObjectNode object, ObjectNode fields, FieldCheck check) {
        rename.forEach((name, target) -> {
            JsonNode value = isCopied(name) ? object.get(name) : null;
            if (value != null) {
                put(target, value, fields, check);
            }
        });
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (isCopied(member.getKey()) && !rename.containsKey(member.getKey())) {
                putUnlessTime(member.getKey(), member.getValue(), fields, check);
            }
        }
    }

    /** Adds a copied field. Only the rule itself can set the event's time. */
    private void putUnlessTime(String name, JsonNode value, ObjectNode fields, FieldCheck check) {
        if (!name.equals(EVENT_TIME)) {
            put(name, value, fields, check);
        }
    }

    /** Whether {@code only} and {@code except} let a member be copied. */
    public boolean isCopied(String name) {
        return (only == null || only.contains(name)) && (except == null || !except.contains(name));
    }

    private void put(String name, JsonNode value, ObjectNode fields, FieldCheck check) {
        FieldType type = convert.get(name);
        JsonNode converted = type == null || value.isNull() ? value : type.convert(value);
        if (converted == null) {
            check.notConverted(name, type, value);
            return;
        }
        if (converted.isValueNode()) {
            fields.putIfAbsent(name, converted);
        } else if (nested == NestedValue.JSON || nested == NestedValue.FLATTEN && converted.isArray()) {
            fields.putIfAbsent(name, TextNode.valueOf(JsonTree.text(converted)));
        } else if (nested == NestedValue.FLATTEN) {
            converted
                    .properties()
                    .forEach(member -> putUnlessTime(name + "_" + member.getKey(), member.getValue(), fields, check));
        }
    }
}
