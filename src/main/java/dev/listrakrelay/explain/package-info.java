/**
 * Tells what would become of an event, and why; nothing is sent. Called by {@code POST /admin/explain} and by {@code java
 * -jar quarkus-run.jar explain}.
 *
 * <p>It goes the way of an event through {@code ingest}, {@code mapping} and {@code listrak}, and has no configuration of
 * its own.
 */
package dev.listrakrelay.explain;
