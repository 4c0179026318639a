/**
 * Connects routes with spools: {@code to: spool:<name>} stores events, and {@code from: spool:<name>} receives the
 * batches of each lane, one at a time.
 *
 * <p>The routes {@code ingest}, {@code map}, {@code webhook-receive} and {@code webhook-forward} use it. They set its
 * options from {@code delivery.*}.
 */
package dev.listrakrelay.spool.camel;
