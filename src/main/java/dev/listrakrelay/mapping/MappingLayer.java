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
 * @param takesAll whether all rules that match send an event, where that is said
 * @param required the identifiers that an event has to have, where that is said
 * @param rules those that are not finished: without contact, and without what holds for all rules
 */
record MappingLayer(
        Optional<Boolean> takesAll,
        Map<IdentifierType, List<EventPath>> contact,
        Optional<Set<IdentifierType>> required,
        Optional<Condition> consent,
        Fields fields,
        List<RuleDraft> rules) {

    static final MappingLayer NONE =
            new MappingLayer(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Fields.UNSAID, List.of());

    /** This, and for what it doesn't say, that; its rules come first. */
    MappingLayer over(MappingLayer base) {
        Map<IdentifierType, List<EventPath>> paths = new EnumMap<>(IdentifierType.class);
        paths.putAll(base.contact);
        paths.putAll(contact);
        List<RuleDraft> all = new ArrayList<>(rules);
        all.addAll(base.rules);
        return new MappingLayer(
                takesAll.or(() -> base.takesAll),
                paths,
                required.or(() -> base.required),
                consent.or(() -> base.consent),
                fields.over(base.fields),
                all);
    }

    /** Builds the mapping. Defaults: the first matching rule alone, an e-mail if it has a path, all properties. */
    Mapping mapping() {
        Set<IdentifierType> needed = required.orElseGet(
                () -> contact.containsKey(IdentifierType.EMAIL) ? Set.of(IdentifierType.EMAIL) : Set.of());
        Contact known = new Contact(contact, needed);
        Fields base = fields.over(Fields.DEFAULT);
        List<Rule> finished =
                rules.stream().map(rule -> rule.finish(known, consent, base)).toList();
        return new Mapping(known, finished, takesAll.orElse(false));
    }
}
