/**
 * Stores a spool in one SQLite file, {@code <spool.dir>/<name>.db}. This is the embedded engine. One thread writes,
 * with group commits.
 *
 * <p>Route files reach it through {@code spool:<name>}. {@code spool.*} configures it.
 */
package dev.listrakrelay.spool.sqlite;
