package dev.listrakrelay.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the first rule for an event's type and name in two look-ups, however many rules there are. */
final class RuleTable {
    private final Map<String, Rule> anyName = new HashMap<>();
    private final Map<String, Map<String, Rule>> byName = new HashMap<>();

    RuleTable(List<Rule> rules) {
        rules.forEach(this::add);
    }

    private void add(Rule rule) {
        When when = rule.when();
        if (when.names().isEmpty()) {
            anyName.putIfAbsent(when.type(), rule);
            return;
        }
        Map<String, Rule> names = byName.computeIfAbsent(when.type(), type -> new HashMap<>());
        when.names().forEach(name -> names.putIfAbsent(name, rule));
    }

    Optional<Rule> first(String type, String name) {
        Rule any = anyName.get(type);
        Map<String, Rule> names = byName.get(type);
        Rule named = names == null ? null : names.get(When.comparable(name));
        if (any == null || named == null) {
            return Optional.ofNullable(any == null ? named : any);
        }
        return Optional.of(named.index() < any.index() ? named : any);
    }
}
