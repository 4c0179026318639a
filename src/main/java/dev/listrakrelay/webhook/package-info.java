/**
 * Verifies and stores Listrak's Journey Hub webhooks, and signs and forwards them to third parties.
 *
 * <p>Called by {@code routes/50-webhook-receive} and {@code routes/60-webhook-forward}; configured by {@code
 * webhook.<name>.*}.
 */
package dev.listrakrelay.webhook;
