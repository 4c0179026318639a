package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * Holds an entry of an event's history.
 *
 * @param outcome accepted, attempted, retried, delivered, forwarded, dropped, dead or replayed; settled if no more is
 *     known
 * @param reason why, such as {@code no_rule}, or Listrak's answer; empty if there is none
 */
public record EventStep(Instant at, String outcome, String reason) {}
