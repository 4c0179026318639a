package dev.listrakrelay.mapping;

/**
 * What a rule says to an event.
 *
 * @param why in words
 */
public record MatchResult(Rule rule, String why) {}
