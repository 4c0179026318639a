/**
 * Holds what all engines of the spool have in common: who is known by earlier events, and what mentions a contact.
 *
 * <p>No route file calls it: {@code spool:<name>} does. Configured by {@code identity.*}.
 */
package dev.listrakrelay.spool.engine;
