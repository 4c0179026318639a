package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.listrak.EventSchema;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.EventPart;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.mapping.Rule;
import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Maps events, compares the results with the fields of Listrak's custom events, and suggests lines of the mapping. */
public final class MappingSuggestions {

    /** A split event can have many items. */
    private static final int MOST_PARTS = 5;

    private final Mapping mapping;
    private final Function<CustomEvent, Optional<EventSchema>> schemas;
    private final Function<CustomEvent, String> names;
    private final Map<Rule, RuleSample> samples = new LinkedHashMap<>();

    /**
     * @param schemas returns the schema of a custom event; empty while it is unknown
     * @param names returns the name of a custom event for operators
     */
    public MappingSuggestions(
            Mapping mapping,
            Function<CustomEvent, Optional<EventSchema>> schemas,
            Function<CustomEvent, String> names) {
        this.mapping = mapping;
        this.schemas = schemas;
        this.names = names;
        mapping.rules().forEach(rule -> rule.fields()
                .ifPresent(fields -> samples.put(rule, new RuleSample(rule, fields, types(rule)))));
    }

    private Map<String, String> types(Rule rule) {
        return rule.customEvent().flatMap(schemas).map(EventSchema::types).orElse(Map.of());
    }

    /** Maps an event, and counts its fields. Nothing is sent, learned or counted elsewhere. */
    public void add(Event event) {
        Map<Rule, Integer> parts = new HashMap<>();
        try {
            for (EventPart part : mapping.parts(event)) {
                if (parts.merge(part.rule(), 1, Integer::sum) <= MOST_PARTS) {
                    ObjectNode tree = part.tree();
                    part.transform(
                            (customEvent, sent) -> samples.get(part.rule()).add(tree, sent));
                }
            }
        } catch (MappingFailed unreadable) {
            // it is a dead letter, whose reason the operator sees elsewhere
        }
    }

    /** The custom events that events were sent to, in the order of their rules. */
    public Set<CustomEvent> customEvents() {
        return used().stream()
                .flatMap(sample -> sample.rule().customEvent().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<RuleSample> used() {
        return samples.values().stream().filter(sample -> sample.events() > 0).toList();
    }

    private String name(Rule rule) {
        return names.apply(rule.customEvent().orElseThrow());
    }

    /** Returns the suggestions, rule by rule, then those for each custom event. */
    public List<Suggestion> all() {
        List<Suggestion> all = new ArrayList<>();
        List<Choice> choices = used().stream()
                .flatMap(rule -> rule.samples().stream().map(sample -> Choice.of(rule, sample)))
                .toList();
        LineWriter lines = new LineWriter(samples.values(), choices);
        for (Choice choice : choices) {
            if (choice.isOpen()) {
                all.add(rename(choice, choice.chosen().flatMap(chosen -> lines.fill(choice))));
            }
            if (!choice.rule().converts(choice.field()) && choice.converted() + choice.unfit() > 0) {
                all.add(convert(choice, choice.converted() > 0 ? lines.convert(choice) : Optional.empty()));
            }
        }
        customEvents().forEach(customEvent -> all.addAll(unused(customEvent, choices)));
        return all;
    }

    private List<Suggestion> unused(CustomEvent customEvent, List<Choice> choices) {
        Set<String> named = new HashSet<>();
        choices.stream()
                .filter(choice -> isOf(customEvent, choice.rule()))
                .forEach(choice -> named.addAll(choice.names()));
        List<RuleSample> rules =
                used().stream().filter(rule -> isOf(customEvent, rule)).toList();
        return new UnusedNames(names.apply(customEvent), rules).suggestions(named);
    }

    private static boolean isOf(CustomEvent customEvent, RuleSample sample) {
        return sample.rule().customEvent().filter(customEvent::equals).isPresent();
    }

    private Suggestion rename(Choice choice, Optional<SuggestedLine> line) {
        String found = String.join(" and ", choice.paths());
        String message = choice.empty() + " of " + choice.rule().events() + " events leave it empty and have " + found
                + (line.isPresent()
                        ? ""
                        : choice.best().size() > 1
                                ? "; choose one of them"
                                : "; decide yourself: another rule or field uses it, too");
        return suggestion(Suggestion.SuggestionKind.RENAME, choice, choice.paths(), choice.empty(), line, message);
    }

    private Suggestion convert(Choice choice, Optional<SuggestedLine> line) {
        String type = choice.sample().type().listrakName();
        String message = choice.unfit() > 0
                ? Plural.of(choice.unfit(), "value") + " can't be converted to " + type
                : Plural.of(choice.converted(), "value")
                        + (choice.converted() == 1 ? " is not written as " : " are not written as ")
                        + type
                        + (line.isPresent() ? "" : "; decide yourself: other rules have the field, too");
        return suggestion(
                Suggestion.SuggestionKind.CONVERT,
                choice,
                choice.chosen().map(Choice::path).stream().toList(),
                choice.converted() + choice.unfit(),
                line,
                message);
    }

    private Suggestion suggestion(
            Suggestion.SuggestionKind kind,
            Choice choice,
            List<String> properties,
            int count,
            Optional<SuggestedLine> line,
            String message) {
        Rule rule = choice.rule().rule();
        return new Suggestion(
                kind,
                name(rule),
                Optional.of(rule.location()),
                choice.field(),
                properties,
                count,
                choice.rule().events(),
                line,
                rule.location() + ": " + choice.field() + ": " + message);
    }
}
