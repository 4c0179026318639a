package dev.listrakrelay.suggest;

import dev.listrakrelay.mapping.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the lines for the choices. A rule of the file gets lines of its own. A rule of a preset gets them under the file's
 * {@code fields}, which count for all rules, if they can't change what another rule sends.
 */
final class LineWriter {

    private static final Pattern OWN_RULE = Pattern.compile("events\\[(\\d+)]");
    private static final List<List<String>> PROPERTIES = List.of(List.of("properties"));

    private final Collection<RuleSample> rules;
    private final Collection<Choice> choices;

    LineWriter(Collection<RuleSample> rules, Collection<Choice> choices) {
        this.rules = rules;
        this.choices = choices;
    }

    /** Returns the line that fills a field from the chosen property. */
    Optional<SuggestedLine> fill(Choice choice) {
        if (choices.stream().anyMatch(choice::isSharedWith)) {
            return Optional.empty();
        }
        Optional<List<Object>> own = ownFields(choice);
        return own.isPresent() ? Optional.of(fill(choice, own.get())) : fillForAll(choice.field());
    }

    private static SuggestedLine fill(Choice choice, List<Object> fields) {
        Property property = choice.chosen().orElseThrow().property();
        if (choice.sample().filled().all() > 0) {
            List<String> paths = new ArrayList<>(choice.rule().ownPaths(choice.field()));
            paths.add(property.path());
            return set(fields, choice.field(), paths);
        }
        return choice.rule().canRename(property)
                ? SuggestedLine.of(fields, "rename", property.top(), YamlText.scalar(choice.field()))
                : SuggestedLine.of(fields, "set", choice.field(), YamlText.scalar(property.path()));
    }

    private static SuggestedLine set(List<Object> fields, String field, Collection<String> paths) {
        return SuggestedLine.of(fields, "set", field, "{path: " + YamlText.list(List.copyOf(paths)) + "}");
    }

    private Optional<SuggestedLine> fillForAll(String field) {
        if (rules.stream().anyMatch(rule -> rule.declares(field) || !copiesAllProperties(rule.fields()))) {
            return Optional.empty();
        }
        Set<String> paths = new LinkedHashSet<>(List.of(Property.path(List.of("properties", field))));
        choices.stream()
                .filter(choice ->
                        choice.field().equals(field) && ownFields(choice).isEmpty())
                .forEach(choice -> choice.chosen().map(Choice::path).ifPresent(paths::add));
        return Optional.of(set(List.of("fields"), field, paths));
    }

    private static boolean copiesAllProperties(Fields fields) {
        return fields.only() == null
                && (fields.except() == null || fields.except().isEmpty())
                && fields.from().stream().map(path -> path.members()).toList().equals(PROPERTIES);
    }

    /** Returns the line that converts a field, unless a value would be lost by it. */
    Optional<SuggestedLine> convert(Choice choice) {
        if (choice.unfit() > 0) {
            return Optional.empty();
        }
        Optional<List<Object>> own = ownFields(choice);
        boolean isSafe = own.isPresent()
                || choices.stream()
                        .filter(other -> other.field().equals(choice.field()))
                        .allMatch(other ->
                                other.sample().type() == choice.sample().type() && other.unfit() == 0);
        return isSafe
                ? Optional.of(SuggestedLine.of(
                        own.orElse(List.of("fields")),
                        "convert",
                        choice.field(),
                        choice.sample().type().listrakName()))
                : Optional.empty();
    }

    /** The path of the rule's own fields; empty for a rule of a preset. */
    private static Optional<List<Object>> ownFields(Choice choice) {
        Matcher own = OWN_RULE.matcher(choice.rule().rule().location());
        return own.matches()
                ? Optional.of(List.of("events", Integer.parseInt(own.group(1)), "fields"))
                : Optional.empty();
    }
}
