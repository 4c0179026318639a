package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that a mapping file, or its preset, sets itself.
 *
 * @param matchesAll whether all matching rules send an event; empty: not set
 * @param required the identifiers that an event must have; empty: not set
 * @param unknownOutcome what to do if the outcome of a request is unknown; empty: not set
 * @param rules the rules, without the contact and the defaults for all rules
 */
record MappingLayer(
        Optional<Boolean> matchesAll,
        Map<IdentifierType, List<EventPath>> contact,
        Optional<Set<IdentifierType>> required,
        Optional<Condition> consent,
        Fields fields,
        Optional<UnknownOutcome> unknownOutcome,
        List<RuleDraft> rules) {

    static final MappingLayer NONE = new MappingLayer(
            Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Fields.UNSET, Optional.empty(), List.of());

    /** Returns this layer, with the base's value for each key that is not set. This layer's rules come first. */
    MappingLayer overriding(MappingLayer base) {
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        paths.putAll(base.contact);
        paths.putAll(contact);
        List<RuleDraft> all = new ArrayList<>(rules);
        all.addAll(base.rules);
        return new MappingLayer(
                matchesAll.or(() -> base.matchesAll),
                paths,
                required.or(() -> base.required),
                consent.or(() -> base.consent),
                fields.overriding(base.fields),
                unknownOutcome.or(() -> base.unknownOutcome),
                all);
    }

    /** Builds the mapping. Defaults: the first matching rule alone, an e-mail if it has a path, all properties, retry. */
    Mapping mapping() {
        Set<IdentifierType> needed = required.orElseGet(
                () -> contact.containsKey(IdentifierType.EMAIL) ? Set.of(IdentifierType.EMAIL) : Set.of());
        Contact known = new Contact(contact, needed);
        Fields base = fields.overriding(Fields.DEFAULT);
        UnknownOutcome policy = unknownOutcome.orElse(UnknownOutcome.RETRY);
        List<Rule> finished = rules.stream()
                .map(rule -> rule.complete(known, consent, base, policy))
                .toList();
        return new Mapping(known, finished, matchesAll.orElse(false));
    }
}
