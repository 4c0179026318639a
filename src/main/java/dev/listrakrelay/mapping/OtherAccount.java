package dev.listrakrelay.mapping;

import java.util.Set;

/**
 * No rule of this account sends the event, but rules of others do: the mapping has changed since the event was sorted.
 *
 * @param accounts whose those rules are
 */
public record OtherAccount(Set<String> accounts) {}
