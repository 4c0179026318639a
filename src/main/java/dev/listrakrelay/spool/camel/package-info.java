/**
 * Gives routes the spool as a component: {@code to: spool:<name>} appends, {@code from: spool:<name>} walks each lane, a
 * batch at a time.
 *
 * <p>Used by the routes {@code ingest}, {@code map}, {@code webhook-receive} and {@code webhook-forward}; its options are set there from
 * {@code delivery.*}.
 */
package dev.listrakrelay.spool.camel;
