package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.DeclaredField;
import dev.listrakrelay.mapping.EventPath;
import dev.listrakrelay.mapping.FieldType;
import dev.listrakrelay.mapping.Fields;
import dev.listrakrelay.mapping.NestedValue;
import dev.listrakrelay.mapping.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts, for one rule, which fields its events fill, which properties could fill the others, and which are never used. */
final class RuleSample {

    private static final Set<String> OF_THE_RELAY = Set.of(Fields.EVENT_NAME, Fields.EVENT_TIME);
    private static final List<String> PROPERTIES = List.of("properties");
    private static final List<String> TRAITS = List.of("traits");
    private static final int MOST_NAMES = 200;

    private final Rule rule;
    private final Fields fields;
    private final Map<String, String> schema;
    private final Set<String> declared;
    private final Map<String, FieldSample> samples = new LinkedHashMap<>();
    private final Map<String, Integer> discarded = new TreeMap<>();
    private final Map<String, Integer> notCopied = new TreeMap<>();
    private final Set<List<String>> copied;
    private final Set<List<String>> sources;
    private final Set<List<String>> used = new HashSet<>();
    private int events;

    /** @param schema the fields of the custom event with their types; empty if they are unknown */
    RuleSample(Rule rule, Fields fields, Map<String, String> schema) {
        this.rule = rule;
        this.fields = fields;
        this.schema = schema;
        this.declared = rule.declaredFields().stream()
                .filter(DeclaredField::isSent)
                .map(DeclaredField::name)
                .collect(Collectors.toSet());
        this.copied =
                fields.from().stream().map(EventPath::members).collect(Collectors.toCollection(LinkedHashSet::new));
        this.copied.remove(List.of());
        this.sources = new LinkedHashSet<>(copied);
        this.sources.addAll(List.of(PROPERTIES, TRAITS));
        fields.set().values().forEach(source -> source.paths().forEach(path -> used.add(path.members())));
        fields.rename().keySet().forEach(name -> copied.forEach(source -> used.add(names(source, name))));
        Set<String> names = new LinkedHashSet<>(schema.keySet());
        names.addAll(declared);
        names.removeAll(OF_THE_RELAY);
        names.forEach(name -> samples.put(name, new FieldSample(name, FieldType.byListrakName(schema.get(name)))));
    }

    private static List<String> names(List<String> source, String name) {
        List<String> names = new ArrayList<>(source);
        names.add(name);
        return names;
    }

    /** Adds an event, or a part of one, with the fields that the rule makes of it. */
    void add(ObjectNode event, ObjectNode sent) {
        events++;
        EventProperties properties = new EventProperties(event, sources);
        for (FieldSample sample : samples.values()) {
            JsonNode value = sent.path(sample.name());
            if (value.isMissingNode() || value.isNull()) {
                sample.addEmpty(properties.like(sample.name()).stream()
                        .filter(property -> mayFill(property, sample.name()))
                        .toList());
            } else {
                sample.addFilled(value);
            }
        }
        if (!schema.isEmpty()) {
            sent.fieldNames().forEachRemaining(name -> {
                if (!schema.containsKey(name) && !OF_THE_RELAY.contains(name)) {
                    count(discarded, name);
                }
            });
        }
        for (List<String> source : copied) {
            at(event, source).fieldNames().forEachRemaining(name -> {
                if (!fields.isCopied(name) && used.stream().noneMatch(path -> startsWith(path, names(source, name)))) {
                    count(notCopied, name);
                }
            });
        }
    }

    private static JsonNode at(JsonNode event, List<String> names) {
        JsonNode value = event;
        for (String name : names) {
            value = value.path(name);
        }
        return value;
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    private static void count(Map<String, Integer> names, String name) {
        if (EventProperties.isFit(name) && (names.containsKey(name) || names.size() < MOST_NAMES)) {
            names.merge(name, 1, Integer::sum);
        }
    }

    /** Whether a property is free to fill a field: neither used already nor held back by the rule. */
    private boolean mayFill(Property property, String field) {
        List<String> path = new ArrayList<>(property.source());
        path.addAll(property.names());
        if (used.contains(path)) {
            return false;
        }
        boolean isCopied = copied.contains(property.source());
        boolean isHeldBack =
                isCopied && fields.except() != null && fields.except().contains(property.top())
                        || fields.only() != null
                                && !(isCopied && fields.only().contains(property.top()))
                                && !fields.only().contains(field);
        return !isHeldBack && !(isCopied && isField(property));
    }

    /** Whether a copied property is a field by its own name. */
    private boolean isField(Property property) {
        return property.isNested()
                ? fields.nested() == NestedValue.FLATTEN && schema.containsKey(String.join("_", property.names()))
                : fields.isCopied(property.top()) && schema.containsKey(property.top());
    }

    Rule rule() {
        return rule;
    }

    Fields fields() {
        return fields;
    }

    /** Whether the rule already says where a field comes from. */
    boolean declares(String field) {
        return declared.contains(field);
    }

    /** Whether the rule already converts a field. */
    boolean converts(String field) {
        return fields.convert().containsKey(field)
                || fields.set().containsKey(field) && fields.set().get(field).as() != null;
    }

    /** Whether the rule copies a property of the event's own under its name, so that it can be renamed. */
    boolean canRename(Property property) {
        return !property.isNested() && copied.contains(property.source()) && fields.isCopied(property.top());
    }

    /** The paths under which the rule copies a property with a field's name. */
    List<String> ownPaths(String field) {
        return copied.stream()
                .map(source -> Property.path(names(source, field)))
                .toList();
    }

    Collection<FieldSample> samples() {
        return samples.values();
    }

    /** The fields that were sent, but that Listrak does not have, with the number of events. */
    Map<String, Integer> discarded() {
        return discarded;
    }

    /** The properties that {@code only} or {@code except} leaves out, with the number of events. */
    Map<String, Integer> notCopied() {
        return notCopied;
    }

    /** The number of Listrak events. */
    int events() {
        return events;
    }
}
