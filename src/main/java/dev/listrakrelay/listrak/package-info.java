/**
 * Delivers events to Listrak: packs them into requests, holds the token, reads the answers, and settles the events.
 *
 * <p>With several accounts, it sorts the events by account. It also checks the mapping against the schemas of the custom
 * events.
 *
 * <p>Called by {@code routes/40-deliver.camel.yaml}, by {@code routes/30-map.camel.yaml} to gather what was mapped, by {@code
 * routes/25-accounts.camel.yaml} and by {@code routes/45-schema.camel.yaml}; configured by {@code listrak.*}.
 */
package dev.listrakrelay.listrak;
