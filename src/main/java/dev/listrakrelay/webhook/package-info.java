/**
 * Takes Listrak's Journey Hub webhooks, lets in those that are genuine, and signs them for the third parties they are
 * forwarded to.
 *
 * <p>Called by {@code routes/50-webhook-receive} and {@code routes/60-webhook-forward}; configured by {@code
 * webhook.<name>.*}.
 */
package dev.listrakrelay.webhook;
