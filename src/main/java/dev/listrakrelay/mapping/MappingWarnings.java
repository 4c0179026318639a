package dev.listrakrelay.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds likely mistakes in a valid mapping file: rules that no event reaches, and placeholders that no event fills. */
final class MappingWarnings {

    /** The members of an event by Segment's specification, and the item of a split event. */
    private static final Set<String> MEMBERS = Set.of(
            "type",
            "event",
            "name",
            "category",
            "messageId",
            "userId",
            "anonymousId",
            "groupId",
            "previousId",
            "timestamp",
            "originalTimestamp",
            "sentAt",
            "receivedAt",
            "channel",
            "context",
            "properties",
            "traits",
            "integrations",
            Rule.ITEM);

    private MappingWarnings() {}

    /**
     * @param rules the rules in their order, those of the preset last
     * @param matchesAll whether all matching rules send an event
     */
    static List<String> of(List<Rule> rules, boolean matchesAll) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.isOfPreset()) {
                continue;
            }
            if (!matchesAll) {
                covering(rules.subList(0, i), rule)
                        .ifPresent(earlier -> warnings.add(rule.location() + ": never matches, because "
                                + earlier.location() + " matches all of its events before it"));
            }
            rule.templates().forEach((field, template) -> template.placeholders().stream()
                    .filter(MappingWarnings::isNeverFilled)
                    .forEach(placeholder -> warnings.add(rule.location() + ": field " + field + ": "
                            + placeholder.text() + " is no part of an event, expected one such as {properties."
                            + ((MemberPath) placeholder.path()).members().get(0) + "}")));
        }
        return List.copyOf(warnings);
    }

    private static Optional<Rule> covering(List<Rule> earlier, Rule rule) {
        return earlier.stream()
                .filter(other -> other.when().covers(rule.when()))
                .findFirst();
    }

    private static boolean isNeverFilled(TextTemplate.Placeholder placeholder) {
        return placeholder.path() instanceof MemberPath path
                && !MEMBERS.contains(path.members().get(0));
    }
}
