package dev.listrakrelay.mapping;

import java.util.Set;

/** The accounts that a rule may name. */
public record AccountNames(Set<String> all) {

    public AccountNames {
        all = Set.copyOf(all);
    }
}
