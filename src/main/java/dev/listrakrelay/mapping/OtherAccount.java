package dev.listrakrelay.mapping;

import java.util.Set;

/**
 * The result for an event that only rules of other accounts send: the mapping has changed since the event was sorted.
 *
 * @param accounts the accounts of those rules
 */
public record OtherAccount(Set<String> accounts) {}
