package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * Something that happened to an event.
 *
 * @param outcome accepted, retried, delivered, dropped, dead or replayed; settled where nothing more is known
 * @param reason why, such as {@code no_rule}, or what Listrak answered; empty if there is nothing to say
 */
public record EventStep(Instant at, String outcome, String reason) {}
