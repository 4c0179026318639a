/**
 * Gives routes the spool as a component: {@code to: spool:<name>} appends, {@code from: spool:<name>} walks each lane, a
 * batch at a time.
 *
 * <p>Used by {@code routes/20-ingest.camel.yaml} and {@code routes/30-map.camel.yaml}; its options are set there from
 * {@code delivery.*}.
 */
package dev.listrakrelay.spool.camel;
