package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
    private static final String VALUE = "a JSONPath, a constant, or the keys path, value, default, as";
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
        if (!fields.isThere() || !fields.hasKeys("from", "only", "except", "rename", "nested", "set", "convert")) {
            return Fields.UNSAID;
        }
        fields.notBoth(List.of("only", "except"));
        return new Fields(
                fields.at("from").isThere() ? fields.at("from").jsonPaths() : null,
                fields.at("only").isThere() ? names(fields.at("only")) : null,
                fields.at("except").isThere() ? names(fields.at("except")) : null,
                fields.at("rename").isThere() ? rename(fields.at("rename")) : Map.of(),
                fields.at("nested").isThere()
                        ? fields.at("nested").oneOf("way", NESTED).orElse(null)
                        : null,
                fields.at("set").isThere() ? set(fields.at("set")) : Map.of(),
                fields.at("convert").isThere() ? convert(fields.at("convert")) : Map.of());
    }

    /** May be empty: none at all. */
    private static Set<String> names(YamlNode place) {
        Set<String> names = new HashSet<>();
        if (!place.value().isArray()) {
            place.mistake("wrong kind, expected " + NAMES + ", found " + place.found());
        }
        for (YamlNode one : place.value().isArray() ? place.places() : List.<YamlNode>of()) {
            one.text("a property's name").ifPresent(names::add);
        }
        return names;
    }

    private static Map<String, String> rename(YamlNode place) {
        Map<String, String> rename = new LinkedHashMap<>();
        place.entries("old names, each with its new one").forEach((old, entry) -> {
            Optional<String> name = entry.text(FIELD);
            if (name.isPresent() && name.get().equals(Fields.EVENT_NAME)) {
                entry.mistake("taken, expected another name: the rule's event_name has it");
            } else if (name.isPresent() && rename.containsValue(name.get())) {
                entry.mistake("taken, expected each new name once, found " + name.get() + " twice");
            }
            name.ifPresent(text -> rename.put(old, text));
        });
        return rename;
    }

    private static Map<String, FieldType> convert(YamlNode place) {
        Map<String, FieldType> convert = new LinkedHashMap<>();
        place.entries("field names, each with its type")
                .forEach((name, entry) -> entry.oneOf("type", TYPES).ifPresent(type -> convert.put(name, type)));
        return convert;
    }

    private static Map<String, FieldSource> set(YamlNode place) {
        Map<String, FieldSource> set = new LinkedHashMap<>();
        place.entries("field names, each with its value").forEach((name, entry) -> {
            if (name.equals(Fields.EVENT_NAME)) {
                entry.mistake("taken, expected another name: the rule's event_name has it");
            }
            set.put(name, source(entry));
        });
        return set;
    }

    private static FieldSource source(YamlNode place) {
        if (place.value().isObject()) {
            return spelledOut(place);
        }
        if (place.value().isTextual() && place.value().textValue().strip().startsWith("$")) {
            return new FieldSource(place.jsonPaths(), null, null);
        }
        return new FieldSource(List.of(), constant(place, VALUE), null);
    }

    private static FieldSource spelledOut(YamlNode place) {
        place.hasKeys("path", "value", "default", "as");
        place.notBoth(List.of("path", "value"));
        YamlNode path = place.at("path");
        YamlNode value = place.at("value");
        if (!path.isThere() && !value.isThere()) {
            place.mistake("no value, expected path or value");
        }
        if (value.isThere() && place.at("default").isThere()) {
            place.at("default").mistake("never used, expected only with path");
        }
        FieldType as =
                place.at("as").isThere() ? place.at("as").oneOf("type", TYPES).orElse(null) : null;
        YamlNode constant = value.isThere() ? value : place.at("default");
        JsonNode otherwise = constant.isThere() ? constant(constant, "a text, a number, true or false") : null;
        if (otherwise != null && as != null) {
            JsonNode converted = as.convert(otherwise);
            if (converted == null) {
                constant.mistake("not of its type, expected " + as.listrakName() + ", found " + constant.found());
            }
            otherwise = converted;
        }
        return new FieldSource(path.isThere() ? path.jsonPaths() : List.of(), otherwise, as);
    }

    private static JsonNode constant(YamlNode place, String expected) {
        JsonNode value = place.value();
        if (value.isTextual()) {
            return TextNode.valueOf(SurrogateRepair.text(value.textValue()));
        }
        if (value.isNumber()) {
            return new NumberLiteral(value.asText());
        }
        if (!value.isBoolean()) {
            place.mistake("wrong kind, expected " + expected + ", found " + place.found());
        }
        return value;
    }
}
