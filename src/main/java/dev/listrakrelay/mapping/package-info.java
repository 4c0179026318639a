/**
 * Turns a customer event into what Listrak gets, by the rules of a mapping file.
 *
 * <p>Called by {@code routes/30-map.camel.yaml}; configured by {@code mapping.*}. The file itself is
 * {@code routes/mappings/listrak.mapping.yaml}, with its examples in {@code listrak.cases.yaml} beside it. Plain
 * classes: no Camel, no CDI, no clock.
 */
package dev.listrakrelay.mapping;
