/**
 * The embedded engine: a spool in one SQLite file, {@code <spool.dir>/<name>.db}, written by one thread in groups.
 *
 * <p>No route file calls it: {@code spool:<name>} does. Configured by {@code spool.*}.
 */
package dev.listrakrelay.spool.sqlite;
