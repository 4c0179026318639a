package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.InvalidPathException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the key {@code fields} of a mapping file or of a rule. */
final class FieldsReader {
    private static final String NAMES = "a list of property names";
    private static final String FIELD = "a field's name";
    private static final String VALUE =
            "a JSONPath, a text with {placeholders}, a constant, or the keys path, text, value, default, as";
    private static final String TEMPLATE = "a text with placeholders such as {properties.order_id}";
    private static final Map<String, NestedValue> NESTED = new LinkedHashMap<>();
    private static final Map<String, FieldType> TYPES = new LinkedHashMap<>();

    static {
        NESTED.put("json", NestedValue.JSON);
        NESTED.put("flatten", NestedValue.FLATTEN);
        NESTED.put("drop", NestedValue.DROP);
        for (FieldType type : FieldType.values()) {
            TYPES.put(type.listrakName(), type);
        }
    }

    private FieldsReader() {}

    static Fields read(YamlNode fields) {
        if (!fields.isPresent() || !fields.hasKeys("from", "only", "except", "rename", "nested", "set", "convert")) {
            return Fields.UNSET;
        }
        fields.requireOnlyOneOf(List.of("only", "except"));
        return new Fields(
                fields.at("from").isPresent() ? fields.at("from").jsonPaths() : null,
                fields.at("only").isPresent() ? names(fields.at("only")) : null,
                fields.at("except").isPresent() ? names(fields.at("except")) : null,
                fields.at("rename").isPresent() ? rename(fields.at("rename")) : Map.of(),
                fields.at("nested").isPresent()
                        ? fields.at("nested").oneOf("value", NESTED).orElse(null)
                        : null,
                fields.at("set").isPresent() ? set(fields.at("set")) : Map.of(),
                fields.at("convert").isPresent() ? convert(fields.at("convert")) : Map.of());
    }

    /** Reads a list of names, which can be empty. */
    private static Set<String> names(YamlNode node) {
        Set<String> names = new HashSet<>();
        if (!node.value().isArray()) {
            node.mistake("wrong type, expected " + NAMES + ", found " + node.found());
        }
        for (YamlNode item : node.value().isArray() ? node.items() : List.<YamlNode>of()) {
            item.text("a property's name").ifPresent(names::add);
        }
        return names;
    }

    private static Map<String, String> rename(YamlNode node) {
        Map<String, String> rename = new LinkedHashMap<>();
        node.entries("old names, each with its new one").forEach((old, entry) -> {
            Optional<String> name = entry.text(FIELD);
            if (name.isPresent() && name.get().equals(Fields.EVENT_NAME)) {
                entry.mistake("reserved for the rule's event_name, expected another name");
            } else if (name.isPresent() && rename.containsValue(name.get())) {
                entry.mistake("duplicate name, expected each new name once, found " + name.get() + " twice");
            }
            name.ifPresent(text -> rename.put(old, text));
        });
        return rename;
    }

    private static Map<String, FieldType> convert(YamlNode node) {
        Map<String, FieldType> convert = new LinkedHashMap<>();
        node.entries("field names, each with its type")
                .forEach((name, entry) -> entry.oneOf("type", TYPES).ifPresent(type -> convert.put(name, type)));
        return convert;
    }

    private static Map<String, FieldSource> set(YamlNode node) {
        Map<String, FieldSource> set = new LinkedHashMap<>();
        node.entries("field names, each with its value").forEach((name, entry) -> {
            if (name.equals(Fields.EVENT_NAME)) {
                entry.mistake("reserved for the rule's event_name, expected another name");
            }
            set.put(name, source(entry));
        });
        return set;
    }

    private static FieldSource source(YamlNode node) {
        if (node.value().isObject()) {
            return fromKeys(node);
        }
        if (node.value().isTextual() && node.value().textValue().strip().startsWith("$")) {
            return new FieldSource(node.jsonPaths(), null, null);
        }
        if (node.value().isTextual() && TextTemplate.isTemplate(node.value().textValue())) {
            return new FieldSource(template(node), null, null);
        }
        return new FieldSource(List.of(), constant(node, VALUE), null);
    }

    private static FieldSource fromKeys(YamlNode node) {
        node.hasKeys("path", "text", "value", "default", "as");
        node.requireOnlyOneOf(List.of("path", "value"));
        node.requireOnlyOneOf(List.of("path", "text"));
        node.requireOnlyOneOf(List.of("text", "value"));
        YamlNode path = node.at("path");
        YamlNode text = node.at("text");
        YamlNode value = node.at("value");
        if (!path.isPresent() && !text.isPresent() && !value.isPresent()) {
            node.mistake("no value, expected the key path, text or value");
        }
        if (value.isPresent() && node.at("default").isPresent()) {
            node.at("default").mistake("never used, expected together with path or text");
        }
        FieldType as =
                node.at("as").isPresent() ? node.at("as").oneOf("type", TYPES).orElse(null) : null;
        YamlNode constant = value.isPresent() ? value : node.at("default");
        JsonNode fallback = constant.isPresent() ? constant(constant, "a text, a number, true or false") : null;
        if (fallback != null && as != null) {
            JsonNode converted = as.convert(fallback);
            if (converted == null) {
                constant.mistake("wrong type, expected " + as.listrakName() + ", found " + constant.found());
            }
            fallback = converted;
        }
        List<EventPath> paths = path.isPresent() ? path.jsonPaths() : text.isPresent() ? template(text) : List.of();
        return new FieldSource(paths, fallback, as);
    }

    /** Reads a text with placeholders; empty, and a mistake, if it has none or one is not a path. */
    private static List<EventPath> template(YamlNode node) {
        Optional<String> text = node.text(TEMPLATE);
        if (text.isPresent() && !TextTemplate.isTemplate(text.get())) {
            node.mistake("no placeholder, expected " + TEMPLATE + ", found " + text.get());
            return List.of();
        }
        try {
            return text.<EventPath>map(TextTemplate::compile).stream().toList();
        } catch (InvalidPathException e) {
            node.mistake("not a path in braces, expected " + TEMPLATE + ", found " + text.orElse(""));
            return List.of();
        }
    }

    private static JsonNode constant(YamlNode node, String expected) {
        JsonNode value = node.value();
        if (value.isTextual()) {
            return TextNode.valueOf(SurrogateRepair.repair(value.textValue()));
        }
        if (value.isNumber()) {
            return new NumberLiteral(value.asText());
        }
        if (!value.isBoolean()) {
            node.mistake("wrong type, expected " + expected + ", found " + node.found());
        }
        return value;
    }
}
