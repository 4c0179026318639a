package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the top level of a mapping file: contact, consent, fields, and the list of rules. */
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
     * @param isAlone whether there is no preset to fall back on: contact and events have to be there then
     * @param origin what is put before the places of its rules
     */
    static MappingLayer read(YamlNode top, boolean isAlone, String origin) {
        Optional<Boolean> takesAll =
                top.at("match").isThere() ? top.at("match").oneOf("match", MATCH) : Optional.empty();
        YamlNode contact = top.at("contact");
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        Optional<Set<IdentifierType>> required = Optional.empty();
        if ((isAlone || contact.isThere())
                && contact.hasKeys("email", "phone_number", "mobile_contact_uid", "required")) {
            paths.putAll(paths(contact));
            if (isAlone && paths.isEmpty() && IDENTIFIERS.keySet().stream().noneMatch(contact.value()::has)) {
                contact.mistake("no identifier, expected one of " + String.join(", ", IDENTIFIERS.keySet()));
            }
            required = required(contact.at("required"), isAlone ? paths.keySet() : Set.of(IdentifierType.values()));
        }
        Optional<Condition> consent = ConditionReader.consent(top.at("consent"));
        Fields fields = FieldsReader.read(top.at("fields"));
        return new MappingLayer(takesAll, paths, required, consent, fields, rules(top.at("events"), isAlone, origin));
    }

    private static Map<IdentifierType, List<EventPath>> paths(YamlNode contact) {
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        IDENTIFIERS.forEach((key, type) -> {
            YamlNode place = contact.at(key);
            if (place.isThere()) {
                List<EventPath> found = place.list(PATHS).stream()
                        .flatMap(path -> path.jsonPath().stream())
                        .toList();
                paths.put(type, found);
            }
        });
        return paths;
    }

    private static Optional<Set<IdentifierType>> required(YamlNode place, Set<IdentifierType> lookedFor) {
        if (!place.isThere()) {
            return Optional.empty();
        }
        if (place.is("any")) {
            return Optional.of(Set.of());
        }
        Map<String, IdentifierType> words = new LinkedHashMap<>(IDENTIFIERS);
        Set<IdentifierType> required = new TreeSet<>();
        for (YamlNode one : place.oneOrList("any, an identifier or a list of them")) {
            Optional<IdentifierType> type = one.oneOf("identifier", words);
            if (type.isPresent() && !lookedFor.contains(type.get())) {
                one.mistake("never found, expected contact." + type.get().key() + " to say where it is, found none");
            }
            type.ifPresent(required::add);
        }
        return Optional.of(required);
    }

    private static List<RuleDraft> rules(YamlNode events, boolean isAlone, String origin) {
        List<RuleDraft> rules = new ArrayList<>();
        if (isAlone || events.isThere()) {
            for (YamlNode event : events.list("a list with at least one event, each with when, event_name")) {
                RuleReader.read(event, origin).ifPresent(rules::add);
            }
        }
        return rules;
    }
}
