/**
 * Turns requests into events: checks who may post, checks each event, and answers the caller.
 *
 * <p>Called by {@code routes/10-source-rest.camel.yaml}, {@code routes/14-source-cloudevents.camel.yaml}, {@code
 * routes/15-source-shapes.camel.yaml} and {@code routes/20-ingest.camel.yaml}; configured by {@code source.rest.*}.
 */
package dev.listrakrelay.ingest;
