package dev.listrakrelay.mapping;

/**
 * Whether a rule matches an event.
 *
 * @param why the explanation, in words
 */
public record MatchResult(Rule rule, String why) {}
