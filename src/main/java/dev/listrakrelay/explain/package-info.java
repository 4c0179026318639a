/**
 * Explains what the mapping would make of an event, without sending it. Used by {@code POST /admin/explain} and {@code
 * java -jar quarkus-run.jar explain}.
 *
 * <p>An event passes the same steps as in {@code ingest}, {@code mapping} and {@code listrak}. The package has no
 * configuration of its own.
 */
package dev.listrakrelay.explain;
