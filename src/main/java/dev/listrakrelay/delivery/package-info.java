/**
 * Handles the outcome of HTTP requests to Listrak and to third parties. It names what an answer or a broken connection means,
 * settles, retries or dead-letters the events, and decides when the relay may send to a destination again.
 *
 * <p>Called by {@code routes/90-failures} and {@code routes/91-webhook-failures}; configured by {@code delivery.parked.*}.
 */
package dev.listrakrelay.delivery;
