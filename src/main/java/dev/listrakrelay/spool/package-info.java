/**
 * Stores events until they are delivered, and shows their outcomes: the interface of all engines, with configuration,
 * health and metrics.
 *
 * <p>Route files reach it through {@code spool:<name>}. {@code spool.*}, {@code identity.*} and {@code delivery.*}
 * configure it.
 */
package dev.listrakrelay.spool;
