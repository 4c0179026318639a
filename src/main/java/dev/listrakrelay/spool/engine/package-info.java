/**
 * Holds what all engines of the spool have in common: who is known by earlier events, what mentions a contact, how much
 * of a replay may follow live events.
 *
 * <p>No route file calls it: {@code spool:<name>} does. Configured by {@code spool.*} and {@code identity.*}.
 */
package dev.listrakrelay.spool.engine;
