package dev.listrakrelay.suggest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Lists the fields of a custom event that no event fills, and the properties that no field has. */
final class UnusedNames {

    private final String customEvent;
    private final List<RuleSample> rules;
    private final int events;

    /** @param rules the rules that send to the custom event */
    UnusedNames(String customEvent, List<RuleSample> rules) {
        this.customEvent = customEvent;
        this.rules = rules;
        this.events = rules.stream().mapToInt(RuleSample::events).sum();
    }

    /** @param named the fields and properties that other suggestions are about */
    List<Suggestion> suggestions(Set<String> named) {
        List<Suggestion> all = new ArrayList<>();
        neverFilled().forEach((field, likely) -> {
            if (!named.contains(field)) {
                all.add(suggestion(
                        Suggestion.SuggestionKind.NEVER_FILLED,
                        field,
                        likely,
                        0,
                        "no event fills it"
                                + (likely.isEmpty() ? "" : ", but events have " + String.join(", ", likely))));
            }
        });
        discarded(RuleSample::discarded).forEach((name, count) -> {
            if (!named.contains(name)) {
                all.add(discarded(name, count, "Listrak has no such field"));
            }
        });
        discarded(RuleSample::notCopied).forEach((name, count) -> {
            if (!named.contains(name)) {
                all.add(discarded(name, count, "the mapping leaves it out"));
            }
        });
        return all;
    }

    /** The fields that no rule fills, each with the properties that match it. */
    private Map<String, List<String>> neverFilled() {
        Map<String, Set<String>> empty = new LinkedHashMap<>();
        rules.forEach(rule -> rule.samples()
                .forEach(sample -> empty.computeIfAbsent(sample.name(), first -> new LinkedHashSet<>())
                        .addAll(Choice.of(rule, sample).paths())));
        rules.forEach(rule -> rule.samples().stream()
                .filter(sample -> sample.filled().all() > 0)
                .forEach(sample -> empty.remove(sample.name())));
        Map<String, List<String>> fields = new LinkedHashMap<>();
        empty.forEach((field, paths) -> fields.put(field, List.copyOf(paths)));
        return fields;
    }

    private Map<String, Integer> discarded(Function<RuleSample, Map<String, Integer>> names) {
        Map<String, Integer> sum = new TreeMap<>();
        rules.forEach(rule -> names.apply(rule).forEach((name, count) -> sum.merge(name, count, Integer::sum)));
        return sum;
    }

    private Suggestion discarded(String name, int count, String why) {
        return suggestion(
                Suggestion.SuggestionKind.ALWAYS_DISCARDED,
                name,
                List.of(),
                count,
                "discarded in " + count + " of " + events + " events, " + why);
    }

    private Suggestion suggestion(
            Suggestion.SuggestionKind kind, String field, List<String> properties, int count, String message) {
        return new Suggestion(
                kind,
                customEvent,
                Optional.empty(),
                field,
                properties,
                count,
                events,
                Optional.empty(),
                customEvent + ": " + field + ": " + message);
    }
}
