package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rules for an event's type and name in two look-ups, however many rules exist. */
final class RuleTable {
    private final Map<String, OfType> byType = new HashMap<>();

    /**
     * The rules of a type, in the file's order.
     *
     * @param byName event name → the rules that match it, for each name that the file spells out
     * @param others the rules that can match any other name
     */
    private record OfType(Map<String, List<Rule>> byName, List<Rule> others) {}

    RuleTable(List<Rule> rules) {
        rules.stream()
                .flatMap(rule -> rule.when().types().stream())
                .distinct()
                .forEach(type -> byType.put(
                        type,
                        ofType(rules.stream()
                                .filter(rule -> rule.when().types().contains(type))
                                .toList())));
    }

    private static OfType ofType(List<Rule> rules) {
        Map<String, List<Rule>> byName = new HashMap<>();
        rules.stream()
                .flatMap(rule -> rule.when().names().stream())
                .forEach(name -> byName.computeIfAbsent(name, eventName -> rules.stream()
                        .filter(rule -> rule.when().matchesName(eventName))
                        .toList()));
        List<Rule> others = rules.stream()
                .filter(rule -> rule.when().names().isEmpty() || rule.when().hasGlobs())
                .toList();
        return new OfType(byName, others);
    }

    /** Returns the rules that match an event, in the file's order, {@code max} at most. */
    List<Rule> find(EventJson event, int max) {
        OfType rules = byType.get(event.event().type());
        if (rules == null) {
            return List.of();
        }
        String name = EventMatcher.normalized(event.event().name());
        List<Rule> candidates = rules.byName().get(name);
        List<Rule> found = new ArrayList<>(1);
        for (Rule rule : candidates == null ? rules.others() : candidates) {
            if ((candidates != null || rule.when().matchesName(name))
                    && rule.when().matchesCondition(event)) {
                found.add(rule);
                if (found.size() == max) {
                    break;
                }
            }
        }
        return found;
    }
}
