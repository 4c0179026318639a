/**
 * Takes requests apart into events at the door: who may post, which events are valid, and what their caller is told.
 *
 * <p>Called by {@code routes/10-source-rest.camel.yaml}, {@code routes/14-source-cloudevents.camel.yaml} and {@code
 * routes/20-ingest.camel.yaml}; configured by {@code source.rest.*}.
 */
package dev.listrakrelay.ingest;
