/**
 * Resolves the e-mails of contacts, and finds events and texts that mention a contact, for all engines of the spool.
 *
 * <p>Route files reach it through {@code spool:<name>}. {@code identity.*} configures it.
 */
package dev.listrakrelay.spool.engine;
