/**
 * Makes spans of OpenTelemetry: from a caller's {@code traceparent} through the spool to the request that carries the event.
 *
 * <p>Called by {@code traceIntake} in the routes of the sources and of {@code routes/50-webhook-receive}; configured by {@code
 * tracing.*}.
 */
package dev.listrakrelay.tracing;
