/**
 * Delivers Listrak events: packs them into requests, keeps the token, reads the answers, and settles what was taken.
 *
 * <p>Called by {@code routes/40-deliver.camel.yaml}, and by {@code routes/30-map.camel.yaml} to gather what was mapped;
 * configured by {@code listrak.*}.
 */
package dev.listrakrelay.listrak;
