/**
 * What every delivery over HTTP shares, to Listrak and to third parties: what an answer or a broken connection means, what
 * is done with the events then, and when a destination may be tried.
 *
 * <p>Called by {@code routes/90-failures} and {@code routes/91-webhook-failures}; configured by {@code delivery.parked.*}.
 */
package dev.listrakrelay.delivery;
