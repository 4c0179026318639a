package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the top level of a mapping file: contact, consent, fields, unknown_outcome, and the list of rules. */
final class LayerReader {
    private static final String PATHS = "a list of JSONPaths such as $.context.traits.email";
    private static final Map<String, Boolean> MATCH = new LinkedHashMap<>();
    private static final Map<String, IdentifierType> IDENTIFIERS = new LinkedHashMap<>();

    static {
        MATCH.put("first", false);
        MATCH.put("all", true);
        for (IdentifierType type : IdentifierType.values()) {
            IDENTIFIERS.put(type.key(), type);
        }
    }

    private LayerReader() {}

    /**
     * @param hasNoPreset whether the file has no preset; then contact and events are required
     * @param origin the text before the locations of its rules, such as {@code preset }
     */
    static MappingLayer read(YamlNode top, boolean hasNoPreset, String origin) {
        Optional<Boolean> matchesAll =
                top.at("match").isPresent() ? top.at("match").oneOf("match", MATCH) : Optional.empty();
        YamlNode contact = top.at("contact");
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        Optional<Set<IdentifierType>> required = Optional.empty();
        if ((hasNoPreset || contact.isPresent())
                && contact.hasKeys("email", "phone_number", "mobile_contact_uid", "required")) {
            paths.putAll(paths(contact));
            if (hasNoPreset && paths.isEmpty() && IDENTIFIERS.keySet().stream().noneMatch(contact.value()::has)) {
                contact.mistake("no identifier, expected one of " + String.join(", ", IDENTIFIERS.keySet()));
            }
            required = required(contact.at("required"), hasNoPreset ? paths.keySet() : Set.of(IdentifierType.values()));
        }
        Optional<Condition> consent = ConditionReader.consent(top.at("consent"));
        Fields fields = FieldsReader.read(top.at("fields"));
        return new MappingLayer(
                matchesAll,
                paths,
                required,
                consent,
                fields,
                UnknownOutcome.read(top.at("unknown_outcome")),
                rules(top.at("events"), hasNoPreset, origin));
    }

    private static Map<IdentifierType, List<EventPath>> paths(YamlNode contact) {
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        IDENTIFIERS.forEach((key, type) -> {
            YamlNode node = contact.at(key);
            if (node.isPresent()) {
                List<EventPath> found = node.list(PATHS).stream()
                        .flatMap(path -> path.jsonPath().stream())
                        .toList();
                paths.put(type, found);
            }
        });
        return paths;
    }

    private static Optional<Set<IdentifierType>> required(YamlNode node, Set<IdentifierType> searched) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        if (node.equalsText("any")) {
            return Optional.of(Set.of());
        }
        Map<String, IdentifierType> types = new LinkedHashMap<>(IDENTIFIERS);
        Set<IdentifierType> required = new TreeSet<>();
        for (YamlNode item : node.oneOrList("any, an identifier or a list of them")) {
            Optional<IdentifierType> type = item.oneOf("identifier", types);
            if (type.isPresent() && !searched.contains(type.get())) {
                item.mistake("never found, expected its paths in contact."
                        + type.get().key() + ", found none");
            }
            type.ifPresent(required::add);
        }
        return Optional.of(required);
    }

    private static List<RuleDraft> rules(YamlNode events, boolean hasNoPreset, String origin) {
        List<RuleDraft> rules = new ArrayList<>();
        if (hasNoPreset || events.isPresent()) {
            for (YamlNode event : events.list("a list with at least one event, each with when, event_name")) {
                RuleReader.read(event, origin).ifPresent(rules::add);
            }
        }
        return rules;
    }
}
