package dev.listrakrelay.suggest;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What could fill a field of a rule.
 *
 * @param best the properties whose names match best; several if none is better than the others
 */
record Choice(RuleSample rule, FieldSample sample, List<Candidate> best) {

    static Choice of(RuleSample rule, FieldSample sample) {
        return new Choice(rule, sample, sample.best());
    }

    String field() {
        return sample.name();
    }

    /** Whether properties match the field, and the rule does not say where it comes from. */
    boolean isOpen() {
        return !rule.declares(field()) && !best.isEmpty();
    }

    /** The field and the properties that a suggestion is about. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        if (isOpen()) {
            names.add(field());
            best.stream()
                    .map(Candidate::property)
                    .filter(property -> !property.isNested())
                    .forEach(property -> names.add(property.top()));
        }
        return names;
    }

    /** The property to fill the field from; empty if the rule already says so, and if none or several match. */
    Optional<Candidate> chosen() {
        return isOpen() && best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
    }

    /** Whether another field of the rule chose the same property. */
    boolean isSharedWith(Choice other) {
        return other != this
                && other.rule == rule
                && other.chosen().map(Choice::path).equals(chosen().map(Choice::path));
    }

    static String path(Candidate candidate) {
        return candidate.property().path();
    }

    List<String> paths() {
        return best.stream().map(Choice::path).toList();
    }

    /** The number of events in which one of the properties could fill the empty field. */
    int empty() {
        return best.size() == 1 ? best.get(0).values().all() : sample.matched();
    }

    int converted() {
        return sample.filled().converted()
                + chosen().map(candidate -> candidate.values().converted()).orElse(0);
    }

    int unfit() {
        return sample.filled().unfit()
                + chosen().map(candidate -> candidate.values().unfit()).orElse(0);
    }
}
