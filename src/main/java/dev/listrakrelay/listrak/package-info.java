/**
 * Delivers Listrak events: packs them into requests, keeps the token, reads the answers, and settles what was taken.
 *
 * Where accounts are named, sorts events by account; checks the mapping against the custom events' schemas.
 *
 * <p>Called by {@code routes/40-deliver.camel.yaml}, by {@code routes/30-map.camel.yaml} to gather what was mapped, by {@code
 * routes/25-accounts.camel.yaml} and by {@code routes/45-schema.camel.yaml}; configured by {@code listrak.*}.
 */
package dev.listrakrelay.listrak;
