package dev.listrakrelay.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rules an event is sent by.
 *
 * @param rules none if it is dropped
 * @param dropped why it is dropped, if it is
 */
public record MatchedRules(List<Rule> rules, Optional<Dropped> dropped) {

    static MatchedRules dropped(Dropped reason) {
        return new MatchedRules(List.of(), Optional.of(reason));
    }

    /** The accounts that it is sent to, in the rules' order. */
    public Set<String> accounts() {
        Set<String> accounts = new LinkedHashSet<>();
        rules.forEach(rule -> rule.account().ifPresent(accounts::add));
        return accounts;
    }

    /** What of it is sent to one account. */
    MatchedRules of(String account) {
        return rules.size() == 1
                        && rules.get(0).account().filter(account::equals).isPresent()
                ? this
                : new MatchedRules(
                        rules.stream()
                                .filter(rule ->
                                        rule.account().filter(account::equals).isPresent())
                                .toList(),
                        dropped);
    }

    /** Whether more than one Listrak event may come of it. */
    boolean isSplit() {
        return rules.size() > 1 || rules.size() == 1 && rules.get(0).isSplit();
    }
}
