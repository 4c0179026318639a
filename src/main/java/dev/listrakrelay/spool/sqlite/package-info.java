/**
 * Stores a spool in one SQLite file, {@code <spool.dir>/<name>.db}. This is the embedded engine. One thread writes,
 * with group commits.
 *
 * <p>Route files reach it through {@code spool:<name>}. {@code spool.*} configures it.
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>{@code SqliteSpool} makes the parts. {@code SpoolRecovery} does what a start does to the files before.
 *   <li>{@code GroupCommit} is the thread that writes. {@code AppendTask} and {@code SettleTask} are what it writes most,
 *       {@code SpoolTables} is where to, {@code SpoolMaintenance} is its work before, after and between commits.
 *   <li>{@code DueEventReader} reads the events of a batch. {@code EventBlock} and {@code NewBlock} know how events are
 *       stored (decision 0012), {@code DedupeIndex} knows their ids (0013).
 *   <li>The other classes named {@code Sqlite…} answer the administration, over connections that only read.
 *   <li>{@code SpoolConnection} runs all SQL. {@code Schema} has the tables.
 * </ul>
 */
package dev.listrakrelay.spool.sqlite;
