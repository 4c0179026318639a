package dev.listrakrelay.mapping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that send an event.
 *
 * @param rules none if the event is dropped
 * @param dropped the reason; empty if the event is sent
 */
public record MatchedRules(List<Rule> rules, Optional<Dropped> dropped) {

    static MatchedRules dropped(Dropped reason) {
        return new MatchedRules(List.of(), Optional.of(reason));
    }

    /** The accounts of the rules, in the rules' order. */
    public Set<String> accounts() {
        Set<String> accounts = new LinkedHashSet<>();
        rules.forEach(rule -> rule.account().ifPresent(accounts::add));
        return accounts;
    }

    /** Returns only the rules of one account. */
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

    /** Returns only the rules for which the event is not too old; the event is dropped as stale if it is too old for all. */
    MatchedRules fresh(EventJson event, Instant now) {
        List<Rule> fresh = rules;
        for (Rule rule : rules) {
            if (rule.isStale(event, now)) {
                fresh = fresh == rules ? new ArrayList<>(rules) : fresh;
                fresh.remove(rule);
            }
        }
        if (fresh == rules) {
            return this;
        }
        return fresh.isEmpty() ? dropped(new Dropped(Dropped.STALE)) : new MatchedRules(fresh, dropped);
    }

    /** Whether more than one Listrak event can result. */
    boolean isSplit() {
        return rules.size() > 1 || rules.size() == 1 && rules.get(0).isSplit();
    }
}
