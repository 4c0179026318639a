package dev.listrakrelay.mapping;

import java.util.Set;

/** The names of the configured accounts, which a rule can name as {@code account}. */
public record AccountNames(Set<String> all) {

    public AccountNames {
        all = Set.copyOf(all);
    }
}
